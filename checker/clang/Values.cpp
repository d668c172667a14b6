//===- Values.cpp - What a path knows of a value --------------------------===//

#include "Values.h"
#include "clang/AST/ParentMap.h"

using namespace clang;
using namespace ento;

namespace ddi {

SVal argumentOf(const CallEvent &Call, ddi_arg Arg) {
  unsigned Index = unsigned(Arg) - 1;
  return Arg && Index < Call.getNumArgs() ? Call.getArgSVal(Index)
                                          : SVal(UnknownVal());
}

const Expr *argumentExpr(const CallEvent &Call, ddi_arg Arg) {
  unsigned Index = unsigned(Arg) - 1;
  return Arg && Index < Call.getNumArgs() ? Call.getArgExpr(Index) : nullptr;
}

int truthOf(SVal Value, ProgramStateRef State) {
  auto Known = Value.getAs<DefinedOrUnknownSVal>();
  bool IsScalar = Known && !Known->isUnknown() &&
                  !isa<nonloc::CompoundVal, nonloc::LazyCompoundVal>(*Known);
  if (!IsScalar)
    return -1;
  auto [Yes, No] = State->assume(*Known);
  return Yes && !No ? 1 : !Yes && No ? 0 : -1;
}

ProgramStateRef assumeSigns(ProgramStateRef State, SVal Value,
                                   QualType Type, unsigned Signs) {
  auto Known = Value.getAs<DefinedOrUnknownSVal>();
  if (!Known || Known->isUnknown() || Signs == 7)
    return State;
  bool IsSigned = !Value.getAs<Loc>() && Type->isSignedIntegerOrEnumerationType();
  bool IsPlain = !(Signs & 2) ? Signs == 5 || !IsSigned : Signs == 2 || !IsSigned;
  if (IsPlain) // of what has no sign, zero and anything are all
    return (Signs & 2) && Signs != 2 ? State
                                     : State->assume(*Known, !(Signs & 2));
  BinaryOperatorKind Compare = Signs == 1   ? BO_LT
                               : Signs == 4 ? BO_GT
                               : Signs == 3 ? BO_LE
                                            : BO_GE;
  SValBuilder &Builder = State->getStateManager().getSValBuilder();
  auto Test = Builder
                  .evalBinOp(State, Compare, Value, Builder.makeZeroVal(Type),
                             Builder.getConditionType())
                  .getAs<DefinedOrUnknownSVal>();
  return Test && !Test->isUnknown() ? State->assume(*Test, true) : State;
}

ddi_level levelOf(SVal Value, ProgramStateRef State) {
  if (const llvm::APSInt *Known = Value.getAsInteger()) {
    int Level = int(Known->getLimitedValue(DDI_HIGH_LEVEL));
    return ddi_level_between(Level, Level);
  }
  SymbolRef Symbol = Value.getAsSymbol();
  if (!Symbol)
    return ddi_any_level();
  ConstraintManager &Constraints = State->getConstraintManager();
  const llvm::APSInt *Low = Constraints.getSymMinVal(State, Symbol);
  const llvm::APSInt *High = Constraints.getSymMaxVal(State, Symbol);
  if (!Low || !High || Low->isNegative())
    return ddi_any_level();
  return ddi_level_between(int(Low->getLimitedValue(DDI_HIGH_LEVEL)),
                           int(High->getLimitedValue(DDI_HIGH_LEVEL)));
}

ProgramStateRef assumeLevel(ProgramStateRef State, SVal Value,
                                   const ddi_level &Level) {
  auto Known = Value.getAs<DefinedOrUnknownSVal>();
  SymbolRef Symbol = Value.getAsSymbol();
  if (!Known || !Symbol)
    return State;
  BasicValueFactory &Values = State->getBasicVals();
  ProgramStateRef Within = State->assumeInclusiveRange(
      *Known, Values.getValue(uint64_t(Level.low), Symbol->getType()),
      Values.getValue(uint64_t(Level.high), Symbol->getType()), true);
  return Within ? Within : State;
}

bool isDiscarded(const CallExpr &Call, const LocationContext &Frame) {
  const ParentMap &Parents = Frame.getParentMap();
  const Stmt *Parent = Parents.getParentIgnoreParens(&Call);
  while (isa_and_nonnull<CastExpr>(Parent) &&
         cast<CastExpr>(Parent)->getCastKind() != CK_ToVoid)
    Parent = Parents.getParentIgnoreParens(Parent);
  return Parent && !Parents.isConsumedExpr(const_cast<CallExpr *>(&Call));
}

SVal intervalAt(SVal Address, ProgramStateRef State) {
  const MemRegion *Region = Address.getAsRegion();
  const auto *Place =
      Region ? dyn_cast<TypedValueRegion>(Region->StripCasts()) : nullptr;
  if (!Place)
    return UnknownVal();
  const auto *Record = Place->getValueType()->getAsRecordDecl();
  if (!Record)
    return State->getSVal(Place);
  for (const FieldDecl *Field : Record->fields())
    if (Field->getType()->isSpecificBuiltinType(BuiltinType::LongLong))
      return State->getSVal(
          State->getLValue(Field, loc::MemRegionVal(Place)).castAs<Loc>());
  return UnknownVal();
}

} // namespace ddi
