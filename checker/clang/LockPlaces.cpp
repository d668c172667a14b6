//===- LockPlaces.cpp - The places of locks, as the solver calls them -------===//

#include "LockPlaces.h"
#include "Objects.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/SymbolManager.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace ento;

namespace ddi {

LockPlaces::LockPlaces(ASTContext &Context, const Sal &Annotations)
    : Names(ddi_names_new(), ddi_names_free),
      Program(Context, Annotations, *Names) {}

static const VarDecl *sharedVariable(const MemRegion *Region) {
  const auto *Var = dyn_cast<VarRegion>(Region);
  return Var && Var->getDecl()->hasGlobalStorage() ? Var->getDecl() : nullptr;
}

std::optional<std::string> LockPlaces::wayTo(const MemRegion *Region) {
  if (const auto *Field = dyn_cast<FieldRegion>(Region)) {
    std::optional<std::string> Way = wayTo(Field->getSuperRegion());
    return Way ? std::optional(join(*Way, text(Program.nameOf(*Field->getDecl()))))
               : std::nullopt;
  }
  if (const auto *Element = dyn_cast<ElementRegion>(Region)) {
    const llvm::APSInt *Index = Element->getIndex().getAsInteger();
    if (Index && Index->isNegative()) // a structure that only its member tells of
      return "";
    return wayTo(Element->getSuperRegion());
  }
  if (const auto *Base = dyn_cast<CXXBaseObjectRegion>(Region))
    return wayTo(Base->getSuperRegion());
  if (isa<SymbolicRegion>(Region))
    return "";
  if (const VarDecl *Variable = sharedVariable(Region))
    return text(Program.nameOf(*Variable));
  return std::nullopt;
}

/// Where the pointer lies that was read.
static const MemRegion *sourceOf(const SymbolicRegion &Pointee) {
  SymbolRef Symbol = Pointee.getSymbol();
  while (const auto *Cast = dyn_cast<SymbolCast>(Symbol))
    Symbol = Cast->getOperand();
  if (const auto *Value = dyn_cast<SymbolRegionValue>(Symbol))
    return Value->getRegion();
  if (const auto *Derived = dyn_cast<SymbolDerived>(Symbol))
    return Derived->getRegion();
  return nullptr;
}

std::string LockPlaces::element(const std::string &Place, SVal Index) {
  const llvm::APSInt *Number = Index.getAsInteger();
  if (Place.empty() || !Number || Number->isNegative())
    return "";
  return Number->isZero() ? Place
                          : Place + "[" + llvm::toString(*Number, 10) + "]";
}

std::string LockPlaces::placeOf(const MemRegion *Region) {
  if (const auto *Element = dyn_cast<ElementRegion>(Region))
    return element(placeOf(Element->getSuperRegion()), Element->getIndex());
  if (const auto *Pointee = dyn_cast<SymbolicRegion>(Region)) {
    const MemRegion *Source = sourceOf(*Pointee);
    std::string Place = Source ? placeOf(Source) : "";
    return Place.empty() ? Place : Place + "*";
  }
  bool HasName = isa<FieldRegion>(Region) || sharedVariable(Region);
  return HasName ? wayTo(Region).value_or("") : "";
}

std::string LockPlaces::placeOf(SVal Address) {
  unsigned Tag = 0;
  const MemRegion *Region = untag(Address, Tag).getAsRegion();
  return Region ? placeOf(Region) : "";
}

std::optional<std::string> LockPlaces::wayTo(SVal Address) {
  unsigned Tag = 0;
  const MemRegion *Region = untag(Address, Tag).getAsRegion();
  return Region ? wayTo(Region) : std::nullopt;
}

} // namespace ddi
