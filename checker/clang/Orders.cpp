//===- Orders.cpp - Orders of locks, between files and processes -----------===//

#include "Orders.h"
#include "Archive.h"
#include "llvm/Support/Path.h"

namespace ddi {

namespace {

/// Gives numbers to texts.
class Numbers {
public:
  ddi_order operator()(const Order &O) {
    ddi_order Into = {};
    Into.held = of(O.Held);
    Into.acquired = of(O.Acquired);
    Into.holds_shared = O.HoldsShared;
    Into.acquires_shared = O.AcquiresShared;
    bool HasRoom = true;
    for (const std::string &Gate : O.Gates)
      HasRoom &= ddi_add_gate(&Into, Gate.empty() ? DDI_ANY_GATE : of(Gate));
    if (!HasRoom) // of so many one may be shared
      Into.gates[0] = DDI_ANY_GATE;
    return Into;
  }

private:
  std::map<std::string, ddi_name> Known;

  ddi_name of(const std::string &Text) {
    return Known.try_emplace(Text, ddi_name(Known.size() + 1)).first->second;
  }
};

} // namespace

bool invert(const Order &A, const Order &B) {
  Numbers Number;
  ddi_order One = Number(A), Other = Number(B);
  return ddi_orders_invert(&One, &Other);
}

std::string spell(const KnownOrder &O) {
  return "'" + O.Function + "' (" + llvm::sys::path::filename(O.At.File).str() +
         ":" + std::to_string(O.At.Line) + ")";
}

static void members(Archive &A, Order &O) {
  A(O.Held, O.Acquired, O.HoldsShared, O.AcquiresShared, O.Gates);
}
void members(Archive &A, KnownOrder &O) { A(O.Is, O.Function, O.At); }

llvm::json::Value toJSON(const KnownOrder &O) {
  return llvm::json::Object{{"held", O.Is.Held},
                            {"acquired", O.Is.Acquired},
                            {"holdsShared", O.Is.HoldsShared},
                            {"acquiresShared", O.Is.AcquiresShared},
                            {"gates", O.Is.Gates},
                            {"function", O.Function},
                            {"file", O.At.File},
                            {"line", O.At.Line}};
}

bool fromJSON(const llvm::json::Value &V, KnownOrder &O, llvm::json::Path At) {
  llvm::json::ObjectMapper Map(V, At);
  return Map && Map.map("held", O.Is.Held) &&
         Map.map("acquired", O.Is.Acquired) &&
         Map.map("holdsShared", O.Is.HoldsShared) &&
         Map.map("acquiresShared", O.Is.AcquiresShared) &&
         Map.map("gates", O.Is.Gates) && Map.map("function", O.Function) &&
         Map.map("file", O.At.File) && Map.map("line", O.At.Line);
}

} // namespace ddi
