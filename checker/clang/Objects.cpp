//===- Objects.cpp - Which object a pointer means, and how it is called ---===//

#include "Objects.h"
#include "Compat.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace ento;

namespace ddi {

/// Path leaves out when a value was read, Exact does not: what memory holds
/// after an unknown call is the same place, and perhaps another object.
struct Objects::Text {
  std::string Path, Exact;
  bool IsSymbolic = false;
  bool IsAny = false; // one of several, and nothing tells which
  const void *Shape = nullptr;

  void both(const std::string &Part) {
    Path += Part;
    Exact += Part;
  }
};

static std::string address(const void *Pointer) {
  return llvm::utohexstr(reinterpret_cast<uintptr_t>(Pointer));
}

void Objects::spell(const MemRegion *Region, Text &Into) {
  Into.Shape = nullptr;
  if (const auto *Field = dyn_cast<FieldRegion>(Region)) {
    spell(Field->getSuperRegion(), Into);
    const FieldDecl *Decl = Field->getDecl()->getCanonicalDecl();
    Into.both("." + address(Decl));
    Into.Shape = Decl;
    return;
  }
  if (const auto *Element = dyn_cast<ElementRegion>(Region)) {
    spell(Element->getSuperRegion(), Into);
    SVal Index = Element->getIndex();
    if (Index.isZeroConstant())
      return;
    if (const llvm::APSInt *Known = Index.getAsInteger()) {
      Into.both("[" + llvm::toString(*Known, 10) + "]");
      return;
    }
    Into.both("[");
    if (SymbolRef Symbol = Index.getAsSymbol())
      spell(Symbol, Into);
    else
      Into.IsAny = true;
    Into.both("]");
    return;
  }
  if (const auto *Symbolic = dyn_cast<SymbolicRegion>(Region)) {
    spell(Symbolic->getSymbol(), Into);
    return;
  }
  if (const auto *Base = dyn_cast<CXXBaseObjectRegion>(Region)) {
    spell(Base->getSuperRegion(), Into);
    Into.both(":" + address(Base->getDecl()));
    return;
  }
  Into.both("&" + address(Region));
}

void Objects::spell(SymbolRef Symbol, Text &Into) {
  Into.IsSymbolic = true;
  Into.Shape = nullptr;
  if (const auto *Value = dyn_cast<SymbolRegionValue>(Symbol)) {
    Into.both("*(");
    spell(Value->getRegion(), Into);
    Into.both(")");
  } else if (const auto *Derived = dyn_cast<SymbolDerived>(Symbol)) {
    Into.both("*(");
    spell(Derived->getRegion(), Into);
    Into.Path += ")";
    Into.Exact += "@" + address(Derived->getParentSymbol()) + ")";
  } else if (const auto *Cast = dyn_cast<SymbolCast>(Symbol)) {
    spell(Cast->getOperand(), Into);
  } else {
    Into.both(address(Symbol));
  }
  Into.Shape = nullptr;
}

uintptr_t Objects::number(StringRef Spelling) {
  return Numbers.try_emplace(Spelling, Numbers.size() + 1).first->second;
}

/// Which low bits are set shows in the place that the tag of the symbol has here.
static const char TagMarks[4] = {};

SVal tagged(const MemRegion &Region, unsigned Tag, const Expr &E,
            CheckerContext &C) {
  return C.getSValBuilder().getMetadataSymbolVal(
      &TagMarks[Tag], &Region, &E, E.getType(), C.getLocationContext(), 0);
}

SVal untag(SVal Value, unsigned &Tag) {
  Tag = 0;
  SymbolRef Symbol = Value.getAsSymbol(/*IncludeBase=*/false);
  if (const auto *Ours = dyn_cast_or_null<SymbolMetadata>(Symbol)) {
    const char *Mark = static_cast<const char *>(Ours->getTag());
    if (Mark >= TagMarks && Mark < TagMarks + 4) {
      Tag = unsigned(Mark - TagMarks);
      return loc::MemRegionVal(Ours->getRegion());
    }
  }
  const auto *Sum = dyn_cast_or_null<SymIntExpr>(Symbol);
  bool IsTag = Sum && compat::valueOf(Sum->getRHS()).ult(4) &&
               (Sum->getOpcode() == BO_Or || Sum->getOpcode() == BO_Add);
  if (!IsTag)
    return Value;
  Tag = unsigned(compat::valueOf(Sum->getRHS()).getZExtValue());
  return nonloc::SymbolVal(Sum->getLHS());
}

ddi_id Objects::idOf(SVal Value) {
  ddi_id Id = {};
  unsigned Tag = 0;
  SVal Address = untag(Value, Tag);
  Text Spelled;
  if (const MemRegion *Region = Address.getAsRegion())
    spell(Region, Spelled);
  else if (SymbolRef Symbol = Address.getAsSymbol())
    spell(Symbol, Spelled);
  else
    return Id;
  if (Spelled.IsAny)
    return Id;
  Id.path = number(Spelled.Path);
  Id.exact = number(Spelled.Exact);
  Id.shape = reinterpret_cast<uintptr_t>(Spelled.Shape);
  Id.symbolic = Spelled.IsSymbolic;
  Id.tag = uint8_t(Tag);
  return Id;
}

ddi_id Objects::idOf(SVal Value, SVal Tag) {
  const ddi_id Around = idOf(Value);
  const llvm::APSInt *Number = Tag.getAsInteger();
  uintptr_t Other = Number || Tag.isZeroConstant() ? 0 : idOf(Tag).path;
  if (!Around.path || (!Other && !Number && !Tag.isZeroConstant()))
    return ddi_id();
  std::string Which = Number  ? llvm::toString(*Number, 10)
                      : Other ? "#" + std::to_string(Other)
                              : "0";
  return idOf("#" + std::to_string(Around.path) + "[" + Which + "]");
}

ddi_id Objects::idOf(StringRef Spelling) {
  ddi_id Id = {};
  Id.path = Id.exact = number(("$" + Spelling).str());
  Id.symbolic = true;
  return Id;
}

uintptr_t Objects::valueOf(SVal Value) {
  SymbolRef Symbol = Value.getAsSymbol();
  while (const auto *Cast = dyn_cast_or_null<SymbolCast>(Symbol))
    Symbol = Cast->getOperand();
  if (!Symbol)
    return 0;
  uintptr_t Number = number("=" + address(Symbol));
  Symbols[Number] = Symbol;
  return Number;
}

ddi_id Objects::storageOf(SVal Value) {
  unsigned Tag = 0;
  SVal Address = untag(Value, Tag);
  const MemRegion *Region = Address.getAsRegion();
  if (!Region)
    return idOf(Address);
  const MemRegion *Base = Region->getBaseRegion();
  ddi_id Id = idOf(loc::MemRegionVal(Base));
  if (const auto *Var = dyn_cast<VarRegion>(Base))
    Variables[Id.path] = Var;
  return Id;
}

const VarRegion *Objects::variableOf(const ddi_id &Storage) const {
  return Variables.lookup(Storage.path);
}

bool isOnStack(SVal Address) {
  unsigned Tag = 0;
  const MemRegion *Region = untag(Address, Tag).getAsRegion();
  const auto *Var =
      Region ? dyn_cast<VarRegion>(Region->getBaseRegion()) : nullptr;
  return Var && Var->getDecl()->hasLocalStorage();
}

bool holdsObject(const RecordDecl &Record) {
  for (const ddi_object_type *Type = ddi_object_types; Type->kind; ++Type)
    if (Record.getName() == Type->name)
      return true;
  for (const FieldDecl *Field : Record.fields()) {
    const auto *Inner = Field->getType()->getAsRecordDecl();
    if (Inner && Inner->isCompleteDefinition() && holdsObject(*Inner))
      return true;
  }
  return false;
}

static bool isNamed(QualType Type, const char *Record) {
  const RecordDecl *Decl = Type.isNull() ? nullptr : Type->getAsRecordDecl();
  return Decl && Decl->getName() == Record;
}

bool pointsTo(const Expr *E, const char *Record) {
  E = E->IgnoreParenCasts();
  if (isNamed(E->getType()->getPointeeType(), Record))
    return true;
  const auto *Address = dyn_cast<UnaryOperator>(E);
  if (!Address || Address->getOpcode() != UO_AddrOf)
    return false;
  const auto *Member = dyn_cast<MemberExpr>(Address->getSubExpr()->IgnoreParens());
  while (Member) {
    const Expr *Base = Member->getBase()->IgnoreParens();
    QualType Type = Base->getType();
    if (isNamed(Member->isArrow() ? Type->getPointeeType() : Type, Record))
      return true;
    Member = dyn_cast<MemberExpr>(Base);
  }
  return false;
}

bool isAroundLock(const Expr *E) {
  QualType Type = E->IgnoreParenCasts()->getType();
  QualType Pointee = Type->getPointeeType();
  const auto *Record = (Pointee.isNull() ? Type : Pointee)->getAsRecordDecl();
  auto HasItsName = [&](const ddi_object_type *Known) {
    for (; Known->kind; ++Known)
      if (Record->getName() == Known->name)
        return true;
    return false;
  };
  return Record && !HasItsName(ddi_object_types) && !HasItsName(ddi_lock_types);
}

ddi_kind lockKindOf(QualType Type) {
  for (QualType Pointee = Type->getPointeeType(); !Type.isNull();
       Type = Pointee, Pointee = QualType()) {
    std::string Name = Type.getUnqualifiedType().getAsString();
    const auto *Record = Type->getAsRecordDecl();
    for (const ddi_object_type *T = ddi_lock_types; T->kind; ++T)
      if (Name == T->name || (Record && Record->getName() == T->name))
        return T->kind;
  }
  return DDI_LOCK;
}

//===----------------------------------------------------------------------===//
// Spelling
//===----------------------------------------------------------------------===//

/// As written, but for the parentheses that macros put around their arguments.
static std::string spellPlace(const Expr *E, ASTContext &Context) {
  E = E->IgnoreParenCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    std::string Name = Member->getMemberDecl()->getNameAsString();
    bool IsImplicit = Member->getBase()->isImplicitCXXThis();
    if (IsImplicit)
      return Name;
    const auto *Address = dyn_cast<UnaryOperator>(Member->getBase()->IgnoreParenCasts());
    bool IsPlace = Address && Address->getOpcode() == UO_AddrOf; // (&A)->B
    std::string Base =
        spellPlace(IsPlace ? Address->getSubExpr() : Member->getBase(), Context);
    return Name.empty() ? Base // an anonymous structure
                        : Base + (Member->isArrow() && !IsPlace ? "->" : ".") + Name;
  }
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  E->printPretty(OS, nullptr, Context.getPrintingPolicy());
  return Text;
}

std::string spellObject(const Expr *E, ASTContext &Context) {
  E = E->IgnoreParenCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_AddrOf)
      E = Unary->getSubExpr();
  return spellPlace(E, Context);
}

std::string spellCall(const Expr *Call, ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  const auto *Plain = dyn_cast<CallExpr>(Call);
  SourceLocation Loc = Plain ? Plain->getCallee()->getBeginLoc()
                             : Call->getBeginLoc();
  const FunctionDecl *Callee = Plain ? Plain->getDirectCallee() : nullptr;
  std::string Name = Callee ? Callee->getNameAsString() : "the call";
  while (Loc.isMacroID()) {
    if (!SM.isMacroArgExpansion(Loc))
      Name = Lexer::getImmediateMacroName(Loc, SM, Context.getLangOpts()).str();
    Loc = SM.getImmediateMacroCallerLoc(Loc);
  }
  return Name;
}

} // namespace ddi
