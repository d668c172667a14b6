//===- EngineMeets.cpp - Paths that go on as one --------------------------===//
//
// A path ends where one was before of which all is equal that can still be looked
// at: the same would follow.  What is only told apart by what nobody looks at any
// more is the reason why paths double at each branch.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/RangedConstraintManager.h"

using namespace clang;
using namespace ento;

namespace ddi {

/// What a path knows at a place, as far as it matters from there on.
class Engine::Outlook {
public:
  Outlook(const Engine &E, ProgramStateRef State, const LocationContext &Frame,
          const Reads::Set &Later)
      : E(E), State(State), Frame(Frame), Later(Later) {}

  void addValues(const SymbolReaper &Reaper);
  void addKnowledge();
  void addConstraints();
  llvm::FoldingSetNodeID Id;

private:
  const Engine &E;
  ProgramStateRef State;
  const LocationContext &Frame;
  const Reads::Set &Later;
  llvm::DenseSet<SymbolRef> Held; // by a variable, an expression, or the engine

  std::vector<SVal> heldInPlaces();
  void hold(SVal Value) {
    for (SymbolRef Part : Value.symbols())
      Held.insert(Part);
  }
  void add(SVal Value) {
    // A structure as a whole: its members speak for themselves.
    if (isa<nonloc::LazyCompoundVal, nonloc::CompoundVal>(Value))
      return;
    Value.Profile(Id);
    hold(Value);
  }
  bool isSeen(SymbolRef Symbol) const;
  bool isSeen(const TypedValueRegion *Place) const;
};

static const TypedValueRegion *placeOf(SymbolRef Symbol) {
  if (const auto *Value = dyn_cast<SymbolRegionValue>(Symbol))
    return Value->getRegion();
  if (const auto *Derived = dyn_cast<SymbolDerived>(Symbol))
    return Derived->getRegion();
  return nullptr;
}

void Engine::Outlook::addValues(const SymbolReaper &Reaper) {
  for (const auto &[Where, Value] : State->getEnvironment()) {
    const auto *Expression = dyn_cast<Expr>(Where.getStmt());
    if (Expression && !Reaper.isLive(Expression, Where.getLocationContext()))
      continue;
    Where.Profile(Id);
    add(Value);
  }
  std::vector<SVal> Values = heldInPlaces();
  for (unsigned I = 0; I < E.Places.size(); ++I) {
    SVal Value = Values[I];
    if (Value.isUnknown())
      continue;
    Id.AddInteger(I);
    add(Value);
  }
}

/// By their numbers: what lies in each that can still be looked at. Unknown is what
/// was there before, or nobody knows: the same, whenever it is read.
std::vector<SVal> Engine::Outlook::heldInPlaces() {
  std::vector<SVal> Values(E.Places.size(), UnknownVal());
  std::vector<bool> IsDone(E.Places.size());
  for (bool HasChanged = true; HasChanged;) {
    HasChanged = false;
    for (unsigned I = 0; I < E.Places.size(); ++I) {
      const TypedValueRegion *Place = E.Places[I];
      if (IsDone[I] || !isSeen(Place))
        continue;
      IsDone[I] = HasChanged = true;
      SVal Value = State->getSVal(Place);
      SymbolRef Symbol = Value.getAsSymbol();
      if (Symbol && placeOf(Symbol) == Place)
        continue;
      Values[I] = Value;
      hold(Value);
    }
  }
  return Values;
}

void Engine::Outlook::addKnowledge() {
  const ddi_state *Now = E.stateOf(State);
  Id.AddPointer(Now);
  Id.AddInteger(entryOf(State));
  SymbolRef Thread = threadOf(State);
  Id.AddPointer(Thread);
  if (Thread)
    Held.insert(Thread);
  if (Now->thread.irql.value)
    if (SymbolRef Level = E.Names.symbolOf(Now->thread.irql.value))
      Held.insert(Level);
}

/// Whether the value can still be looked at.
bool Engine::Outlook::isSeen(SymbolRef Symbol) const {
  if (Held.contains(Symbol))
    return true;
  const TypedValueRegion *Place = placeOf(Symbol);
  return Place && isSeen(Place) &&
         State->getSVal(Place).getAsSymbol() == Symbol;
}

/// Whether there is still a way to get there, and it is taken.
bool Engine::Outlook::isSeen(const TypedValueRegion *Place) const {
  if (!E.Read.has(Later, Place))
    return false;
  const MemRegion *Base = Place->getBaseRegion();
  if (const auto *Pointee = dyn_cast<SymbolicRegion>(Base))
    return isSeen(Pointee->getSymbol());
  const auto *Var = dyn_cast<VarRegion>(Base);
  const StackFrameContext *Owner = Var ? Var->getStackFrame() : nullptr;
  return !Owner || Owner == Frame.getStackFrame() || Owner->isParentOf(&Frame);
}

void Engine::Outlook::addConstraints() {
  SymbolRef Thread = threadOf(State);
  std::map<const void *, const RangeSet *> Seen;
  ConstraintMap All = getConstraintMap(State);
  for (const auto &[Symbol, Ranges] : All) {
    bool IsSeen = true, OfThread = false;
    for (SymbolRef Part : Symbol->symbols()) {
      OfThread |= Part == Thread;
      IsSeen &= !isa<SymbolData>(Part) || isSeen(Part);
    }
    if (!IsSeen && !(Thread && OfThread))
      continue;
    const void *Key = placeOf(Symbol);
    Seen[Key ? Key : Symbol] = &Ranges;
  }
  for (const auto &[Key, Ranges] : Seen) {
    Id.AddPointer(Key);
    for (const Range &Each : *Ranges)
      Each.Profile(Id);
  }
}

ProgramStateRef Engine::checkRegionChanges(
    ProgramStateRef State, const InvalidatedSymbols *Invalidated,
    ArrayRef<const MemRegion *>, ArrayRef<const MemRegion *> Regions,
    const LocationContext *, const CallEvent *) const {
  if (!Invalidated)
    for (const MemRegion *Region : Regions)
      notePlace(Region);
  return State;
}

void Engine::notePlace(const MemRegion *Region) const {
  const auto *Place = dyn_cast_or_null<TypedValueRegion>(Region);
  if (Place && KnownPlaces.insert(Place).second)
    Places.push_back(Place);
}

void Engine::checkDeadSymbols(SymbolReaper &Reaper, CheckerContext &C) const {
  ProgramPoint At = C.getPredecessor()->getLocation();
  auto Entrance = At.getAs<BlockEntrance>();
  // Other checkers may look at what we do not.
  if (!Entrance || !Settings.SkipsOthers)
    return;
  const LocationContext *Frame = C.getLocationContext();
  const CFGBlock *Block = Entrance->getBlock();
  Outlook Here(*this, C.getState(), *Frame, Read.from(*Block, *Frame));
  Here.Id.AddPointer(Frame);
  Here.Id.AddPointer(Block);
  Here.addKnowledge();
  Here.addValues(Reaper);
  Here.addConstraints();
  if (!Outlooks.insert(Here.Id).second)
    C.addSink();
}

} // namespace ddi
