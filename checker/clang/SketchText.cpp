//===- SketchText.cpp - Sketches for people and for tests ------------------===//

#include "SketchReader.h"
#include "llvm/ADT/StringRef.h"

namespace ddi {
namespace {

class Printer {
public:
  Printer(llvm::raw_ostream &OS, const ddi_body &Body, const ddi_names &Names)
      : OS(OS), Body(Body), Names(Names) {}

  void print() {
    for (uint32_t I = Body.block_count; I-- > 0;)
      print(I);
  }

private:
  llvm::raw_ostream &OS;
  const ddi_body &Body;
  const ddi_names &Names;

  const char *text(ddi_name Name) const { return ddi_names_text(&Names, Name); }

  void value(uint32_t Index);
  void place(uint32_t Address);
  void base(uint32_t Address, const char *Arrow);
  void print(uint32_t Block);
  void print(uint32_t Index, const ddi_action &A);
  void call(uint32_t Index, const ddi_action &A);
  void event(const ddi_action &A);
};

/// What a member or an element is of.
void Printer::base(uint32_t Address, const char *Arrow) {
  switch (Body.values[Address].kind) {
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_ELEMENT:
    place(Address);
    OS << (*Arrow ? "." : "");
    return;
  default:
    value(Address);
    OS << Arrow;
  }
}

/// What lies at the address.
void Printer::place(uint32_t Address) {
  const ddi_value &V = Body.values[Address];
  switch (V.kind) {
  case DDI_VALUE_LOCAL:
    OS << 'v' << V.number;
    return;
  case DDI_VALUE_GLOBAL:
    OS << text(V.name);
    return;
  case DDI_VALUE_MEMBER:
    base(V.base, "->");
    OS << text(V.name);
    return;
  case DDI_VALUE_ELEMENT:
    base(V.base, "");
    OS << '[';
    value(V.other);
    OS << ']';
    return;
  default:
    OS << "*(";
    value(Address);
    OS << ')';
  }
}

void Printer::value(uint32_t Index) {
  static const char *const Compares[] = {"==", "!=", "<", ">=", ">", "<="};
  const ddi_value &V = Body.values[Index];
  switch (ddi_value_kind(V.kind)) {
  case DDI_VALUE_UNKNOWN:
    OS << '?';
    return;
  case DDI_VALUE_NUMBER:
    OS << V.number;
    return;
  case DDI_VALUE_PARAMETER:
    OS << 'p' << V.number;
    return;
  case DDI_VALUE_VARIABLE:
    OS << 'v' << V.number;
    return;
  case DDI_VALUE_RESULT:
    OS << 'r' << V.number;
    return;
  case DDI_VALUE_FUNCTION:
    OS << '&' << text(V.name) << "()";
    return;
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_ELEMENT:
    OS << "&";
    return place(Index);
  case DDI_VALUE_LOAD:
    return place(V.base);
  case DDI_VALUE_COMPARE:
  case DDI_VALUE_AND:
    OS << '(';
    value(V.base);
    OS << ' ' << (V.kind == DDI_VALUE_AND ? "&" : Compares[V.compare]) << ' ';
    value(V.other);
    OS << ')';
    return;
  case DDI_VALUE_TAGGED:
    OS << '(';
    value(V.base);
    OS << " | " << V.number << ')';
    return;
  }
}

void Printer::call(uint32_t Index, const ddi_action &A) {
  OS << 'r' << Index << " = " << (A.flags & DDI_IS_INDIRECT ? "*" : "")
     << text(A.name) << '(';
  for (uint32_t I = 0; I < A.count; ++I) {
    OS << (I ? ", " : "");
    value(Body.arguments[A.first + I]);
  }
  OS << ')';
  if (A.written)
    OS << " as " << text(A.written);
  if (A.irql_min != DDI_NO_BOUND || A.irql_max != DDI_NO_BOUND)
    OS << " irql " << int(A.irql_min) << ".." << int(A.irql_max);
  OS << (A.flags & DDI_IS_DISCARDED ? " discarded" : "")
     << (A.flags & DDI_IS_SYSTEM ? " system" : "")
     << (A.flags & DDI_HAS_EFFECTS ? " effects" : "");
}

void Printer::event(const ddi_action &A) {
  OS << (A.flags & DDI_IS_DEMAND ? "demand" : "event")
     << (A.flags & DDI_IS_MAYBE ? " maybe" : "");
  const struct {
    ddi_op Op;
    const char *Name;
  } Ops[] = {{DDI_ENTER_CRITICAL, "enter critical"},
             {DDI_LEAVE_CRITICAL, "leave critical"},
             {DDI_RAISE, "raise"},
             {DDI_LOWER, "lower"},
             {DDI_ACQUIRE, "acquire"},
             {DDI_RELEASE, "release"},
             {DDI_REQUIRE_HELD, "held"},
             {DDI_REQUIRE_FREE, "free"},
             {DDI_REQUIRE_REGION, "critical"}};
  for (const auto &Each : Ops)
    if (Each.Op == A.op)
      OS << ' ' << Each.Name;
  if (A.irql_min != DDI_NO_BOUND)
    OS << " to " << int(A.irql_min);
  if (A.object_kind)
    OS << " kind " << int(A.object_kind);
  if (A.mode)
    OS << (A.mode == DDI_SHARED ? " shared" : " exclusive");
  if (A.address != DDI_NONE) {
    OS << " at ";
    value(A.address);
  }
  if (A.value != DDI_NONE) {
    OS << " value ";
    value(A.value);
  }
}

void Printer::print(uint32_t Index, const ddi_action &A) {
  OS << "    " << A.line << ':' << A.column << ' ';
  switch (ddi_action_kind(A.kind)) {
  case DDI_DO_CALL:
    call(Index, A);
    break;
  case DDI_DO_SET:
    OS << 'v' << A.variable << " = ";
    value(A.value);
    break;
  case DDI_DO_STORE:
    place(A.address);
    OS << " = ";
    value(A.value);
    break;
  case DDI_DO_RETURN:
    OS << "return ";
    if (A.value != DDI_NONE)
      value(A.value);
    break;
  case DDI_DO_DECLARE:
    OS << "declare v" << A.variable;
    break;
  case DDI_DO_EVENT:
    event(A);
    break;
  }
  OS << '\n';
}

void Printer::print(uint32_t Index) {
  const ddi_block &Block = Body.blocks[Index];
  OS << "  block " << Index << (Index == Body.entry ? " entry" : "")
     << (Index == Body.exit ? " exit" : "") << '\n';
  for (uint32_t I = 0; I < Block.actions; ++I)
    print(Block.first_action + I, Body.actions[Block.first_action + I]);
  for (uint32_t I = 0; I < Block.edges; ++I) {
    const ddi_edge &Edge = Body.edges[Block.first_edge + I];
    OS << "    to " << Edge.to;
    if (Edge.test != DDI_NONE) {
      OS << (Edge.is_else ? " unless " : " if ");
      value(Edge.test);
    }
    OS << '\n';
  }
}

} // namespace

void printSketch(llvm::raw_ostream &OS, const NamedBody &Sketch,
                 const ddi_names &Names) {
  const ddi_body &Body = *Sketch.Body;
  OS << ddi_names_text(&Names, Sketch.Function) << " parameters "
     << Body.parameters << " variables " << Body.variables << '\n';
  if (Body.why_not)
    OS << "  not followed: " << ddi_names_text(&Names, Body.why_not) << '\n';
  Printer(OS, Body, Names).print();
}

} // namespace ddi
