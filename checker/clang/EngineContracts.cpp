//===- EngineContracts.cpp - What annotations demand and promise ----------===//
//
// On a routine without a body, annotations are bounds, demands and effects; on a
// function with one they are its entry, and a promise that its body must keep.
// A routine that the tables know is none of this file's business.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Values.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"

using namespace clang;
using namespace ento;

namespace ddi {

const Contract &Engine::contractOf(const CallEvent &Call) const {
  static const Contract Nothing;
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  return Callee ? Annotations->of(*Callee) : Nothing;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

static SVal argumentAt(const CallEvent &Call, unsigned Index) {
  return Index < Call.getNumArgs() ? Call.getArgSVal(Index) : UnknownVal();
}

/// A lock, or what keeps an IRQL: where it lies, and as what it is declared.
struct Target {
  SVal Address = UnknownVal();
  QualType Type;
};

static const FieldDecl *fieldNamed(StringRef Name, QualType Type) {
  const RecordDecl *Record = Type.isNull() ? nullptr : Type->getAsRecordDecl();
  if (!Record)
    return nullptr;
  for (const FieldDecl *Field : Record->fields())
    if (Field->getName() == Name)
      return Field;
  return nullptr;
}

/// The member that a path like Vcb->Resource leads to, from a pointer. By what is
/// declared, as the value may have come from a pointer to anything.
static Target memberAt(SVal Pointer, QualType PointerType, StringRef Path,
                      ProgramStateRef State) {
  QualType Type = PointerType->getPointeeType();
  while (true) {
    size_t End = Path.find_first_of("-.");
    const FieldDecl *Field = fieldNamed(Path.take_front(End), Type);
    if (!Field || !Pointer.getAs<Loc>())
      return {};
    SVal Member = State->getLValue(Field, Pointer);
    bool IsFollowed = End == StringRef::npos ? Field->getType()->isPointerType()
                                             : Path[End] == '-';
    Pointer = IsFollowed ? State->getSVal(Member.castAs<Loc>()) : Member;
    Type = IsFollowed ? Field->getType()->getPointeeType() : Field->getType();
    if (End == StringRef::npos)
      return {Pointer, Field->getType()};
    if (Type.isNull())
      return {};
    Path = Path.drop_front(End + (IsFollowed ? 2 : 1));
  }
}

static Target placeOf(const Subject &What, const CallEvent &Call,
                     ProgramStateRef State) {
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  if (!Callee || What.Index >= Callee->getNumParams())
    return {};
  SVal Argument = argumentAt(Call, What.Index);
  switch (What.Is) {
  case Subject::Parameter:
  case Subject::Pointee:
    if (const Expr *Written = Call.getArgExpr(What.Index))
      return {Argument, Written->IgnoreParenCasts()->getType()};
    return {};
  case Subject::Member:
    return memberAt(Argument, Callee->getParamDecl(What.Index)->getType(),
                    What.Path, State);
  default:
    return {};
  }
}

int Engine::holds(const Condition &Asked, const CallEvent &Call,
                  ProgramStateRef State) const {
  SVal Value = Asked.On == Condition::Result ? Call.getReturnValue()
                                             : argumentAt(Call, Asked.Index);
  if (Asked.On == Condition::Pointee)
    Value = intervalAt(Value, State);
  if (Value.isUnknownOrUndef())
    return -1;
  SValBuilder &Builder = State->getStateManager().getSValBuilder();
  ASTContext &Context = Builder.getContext();
  if (Value.getAs<Loc>()) {
    bool IsNullTest = Asked.Value == 0 && (Asked.Compare == BO_EQ ||
                                           Asked.Compare == BO_NE);
    int Truth = IsNullTest ? truthOf(Value, State) : -1;
    return Truth < 0 ? -1 : (Truth == 1) == (Asked.Compare == BO_NE);
  }
  QualType Type = Value.getType(Context);
  if (Type.isNull() || !Type->isIntegralOrEnumerationType())
    return -1;
  if (Asked.Mask != ~uint64_t(0))
    Value = Builder.evalBinOp(State, BO_And, Value,
                              Builder.makeIntVal(Asked.Mask, Type), Type);
  return truthOf(Builder.evalBinOp(State, Asked.Compare, Value,
                                   Builder.makeIntVal(uint64_t(Asked.Value), Type),
                                   Builder.getConditionType()),
                 State);
}

bool Engine::applies(const Clause &C, const CallEvent &Call,
                     ProgramStateRef State) const {
  return llvm::all_of(C.When, [&](const Condition &Asked) {
    return holds(Asked, Call, State) == 1;
  });
}

//===----------------------------------------------------------------------===//
// At a call
//===----------------------------------------------------------------------===//

static bool isUpper(const Clause &C) {
  return C.Says == Clause::RequiresMax || C.Says == Clause::AlwaysMax;
}

static bool isLower(const Clause &C) {
  return C.Says == Clause::RequiresMin || C.Says == Clause::AlwaysMin;
}

void Engine::narrowByContract(const Contract &Says, const CallEvent &Call,
                              ProgramStateRef State, Bound &Into) const {
  for (const Clause &C : Says) {
    if (C.Level == DDI_NO_BOUND || !applies(C, Call, State))
      continue;
    bool IsTighter = isUpper(C)   ? C.Level < Into.Level.high
                     : isLower(C) ? C.Level > Into.Level.low
                                  : false;
    if (!IsTighter)
      continue;
    (isUpper(C) ? Into.Level.high : Into.Level.low) = int8_t(C.Level);
    Into.Source = "by its annotation '" + C.Text + "'";
  }
}

ddi_kind Engine::kindOfLock(QualType Type, const ddi_id &Lock,
                            const ddi_state &Now) const {
  for (uint32_t I = 0; I < Now.count; ++I) // known by what was done with it
    if (Now.objects[I].id.path == Lock.path &&
        Now.objects[I].kind != DDI_STORAGE)
      return ddi_kind(Now.objects[I].kind);
  return Type.isNull() ? DDI_LOCK : lockKindOf(Type);
}

ddi_event Engine::lockEvent(ddi_op Op, const Clause &C, const CallEvent &Call,
                            ProgramStateRef State) const {
  ddi_event Event = {};
  Event.op = Op;
  Event.mode = C.Mode;
  Event.facts = driverFacts();
  if (C.What.Is == Subject::CancelLock) {
    Event.kind = ddi_cancel_lock.kind;
    Event.object = fixedObject(ddi_cancel_lock.name);
    return Event;
  }
  Target Where = placeOf(C.What, Call, State);
  Event.object = Names.idOf(Where.Address);
  Event.storage = Names.storageOf(Where.Address);
  if (!Event.object.path)
    return Event;
  Event.kind = kindOfLock(Where.Type, Event.object, *stateOf(State));
  if (const Expr *Argument = Call.getArgExpr(C.What.Index)) {
    std::string Name =
        spellObject(Argument, State->getStateManager().getContext());
    if (C.What.Is == Subject::Member)
      Name += "->" + C.What.Path;
    Spellings.try_emplace(Event.object.path, Name);
  }
  return Event;
}

static bool isListed(const ddi_state &Now, const ddi_event &Event) {
  for (uint32_t I = 0; I < Now.count; ++I)
    if (Now.objects[I].kind == Event.kind &&
        Now.objects[I].id.path == Event.object.path)
      return true;
  return false;
}

void Engine::demandLocks(const Contract &Says, const CallEvent &Call,
                         Site &At) const {
  for (const Clause &C : Says) {
    bool IsDemand =
        C.Says == Clause::RequiresHeld || C.Says == Clause::RequiresNotHeld;
    if (!IsDemand || !At.Node || !applies(C, Call, At.Node->getState()))
      continue;
    ProgramStateRef State = At.Node->getState();
    bool IsHeld = C.Says == Clause::RequiresHeld;
    if (IsHeld && C.What.Is == Subject::CriticalRegion) {
      ddi_event Event = {};
      Event.op = DDI_REQUIRE_REGION;
      At.Node = happen(At, Event);
    } else if (isLock(C.What)) {
      ddi_event Event = lockEvent(
          IsHeld ? DDI_REQUIRE_HELD : DDI_REQUIRE_FREE, C, Call, State);
      // What is only known as a lock may have been taken in many ways.
      if (Event.kind != DDI_LOCK || isListed(*stateOf(State), Event))
        At.Node = happen(At, Event);
    }
  }
}

//===----------------------------------------------------------------------===//
// Behind a call
//===----------------------------------------------------------------------===//

bool Engine::hasEffects(const Contract &Says) const {
  return llvm::any_of(Says, isEffect);
}

/// No annotation can name DIRQL: HIGH_LEVEL stands for it too.
static ddi_level raisedTo(int Level) {
  return ddi_level_between(Level == DDI_HIGH_LEVEL ? DDI_DIRQL : Level, Level);
}

ddi_event Engine::levelEvent(ddi_op Op, const Subject &Where,
                             const CallEvent &Call,
                             ProgramStateRef State) const {
  ddi_event Event = {};
  Event.op = Op;
  Event.level = ddi_any_level();
  SVal Value;
  if (Where.Is == Subject::Result)
    Value = Call.getReturnValue();
  else if (Where.Is == Subject::Parameter &&
           !argumentAt(Call, Where.Index).getAs<Loc>())
    Value = argumentAt(Call, Where.Index);
  else if (Where.Is == Subject::Pointee)
    if (auto Old = argumentAt(Call, Where.Index).getAs<Loc>())
      Value = State->getSVal(*Old, State->getStateManager()
                                         .getContext()
                                         .UnsignedCharTy);
  if (Value.isUndef())
    Event.keeper = Names.idOf(placeOf(Where, Call, State).Address).path;
  else
    Event.value = Names.valueOf(Value);
  if (Op == DDI_LOWER && !Value.isUndef())
    Event.level = levelOf(Value, State);
  return Event;
}

void Engine::applyClauses(const Contract &Says, const CallEvent &Call,
                          Site &At) const {
  const Clause *Saved = nullptr;
  for (const Clause &C : Says)
    if (C.Says == Clause::Saves && applies(C, Call, At.Node->getState()))
      Saved = &C;
  const auto *Origin = cast<CallExpr>(Call.getOriginExpr());
  for (const Clause &C : Says) {
    if (!isEffect(C) || !At.Node)
      continue;
    ProgramStateRef State = At.Node->getState();
    if (!applies(C, Call, State))
      continue;
    ddi_event Event = {};
    bool IsUp = C.Says == Clause::Acquires || C.Says == Clause::Raises;
    if (C.Says == Clause::Raises) {
      Event = levelEvent(DDI_RAISE, Saved ? Saved->What : Subject(), Call, State);
      Event.level = C.Level != DDI_NO_BOUND ? raisedTo(C.Level)
                    : C.What.Is == Subject::Parameter
                        ? levelOf(argumentAt(Call, C.What.Index), State)
                        : ddi_any_level();
    } else if (C.Says == Clause::Restores) {
      Event = levelEvent(DDI_LOWER, C.What, Call, State);
    } else if (C.What.Is == Subject::CriticalRegion) {
      Event.op = IsUp ? DDI_ENTER_CRITICAL : DDI_LEAVE_CRITICAL;
    } else if (isLock(C.What)) {
      Event = lockEvent(IsUp ? DDI_ACQUIRE : DDI_RELEASE, C, Call, State);
    } else {
      continue;
    }
    Event.level.cause = causeAt(Origin->getBeginLoc(),
                                "set by '" + At.Routine + "'",
                                At.C.getSourceManager());
    At.Node = happen(At, Event);
  }
}

/// The comparison as a value of the program; unknown if it cannot be had.
static SVal testOf(const Condition &Asked, const CallEvent &Call,
                   ProgramStateRef State) {
  SValBuilder &Builder = State->getStateManager().getSValBuilder();
  SVal Result = Call.getReturnValue();
  QualType Type = Call.getResultType();
  bool IsUsable = Asked.On == Condition::Result && !Result.isUnknownOrUndef() &&
                  Asked.Mask == ~uint64_t(0) &&
                  Type->isIntegralOrEnumerationType();
  if (!IsUsable)
    return UnknownVal();
  return Builder.evalBinOp(State, Asked.Compare, Result,
                           Builder.makeIntVal(uint64_t(Asked.Value), Type),
                           Builder.getConditionType());
}

/// With what the annotations promise of the result.
static ProgramStateRef assumePromises(const Contract &Kept,
                                      const CallEvent &Call,
                                      ProgramStateRef State) {
  for (const Clause &C : Kept)
    for (const Condition &Asked : C.Holds) {
      auto Test = testOf(Asked, Call, State).getAs<DefinedOrUnknownSVal>();
      if (!Test || Test->isUnknown())
        continue;
      if (ProgramStateRef Promised = State->assume(*Test, true))
        State = Promised;
    }
  return State;
}

void Engine::followContract(const Contract &Says, const CallEvent &Call,
                            ExplodedNode &Start, CheckerContext &C) const {
  const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  if (!Origin)
    return;
  Contract Promises;
  for (const Clause &One : Says)
    if (One.Says == Clause::Satisfies && applies(One, Call, Start.getState()))
      Promises.push_back(One);
  ProgramStateRef State = assumePromises(Promises, Call, Start.getState());
  // What a clause says of the result splits the path, as the driver will. Who does
  // not look at the result knows that the call cannot fail.
  bool CanFail = !isDiscarded(*Origin, *C.getLocationContext());
  std::vector<ProgramStateRef> Ways{State};
  for (const Clause &One : Says)
    for (const Condition &Asked : One.When) {
      if (!isEffect(One) || Ways.size() > 1)
        continue;
      auto Test = testOf(Asked, Call, State).getAs<DefinedOrUnknownSVal>();
      if (!Test || Test->isUnknown())
        continue;
      auto [Yes, No] = State->assume(*Test);
      if (Yes && No && CanFail)
        Ways = {Yes, No};
      else if (Yes && !CanFail)
        Ways = {State = Yes};
    }
  for (ProgramStateRef Way : Ways) {
    Site At{C, C.addTransition(Way, &Start), spellCall(Origin, C.getASTContext()),
            Origin};
    if (At.Node)
      applyClauses(Says, Call, At);
  }
}

//===----------------------------------------------------------------------===//
// A function with a body
//===----------------------------------------------------------------------===//

static bool isAboutLock(const Clause &C) {
  return C.Says == Clause::Acquires || C.Says == Clause::Releases ||
         C.Says == Clause::RequiresHeld || C.Says == Clause::RequiresNotHeld;
}

void Engine::judgeContract(const FunctionDecl &Function, Site &At) const {
  const Contract &Says = Annotations->of(Function);
  if (Says.empty() || !At.Node)
    return;
  ddi_state Judged = *stateOf(At.Node->getState());
  ddi_event Event = {};
  Event.op = DDI_KEEP_CONTRACT;
  Event.bound = ddi_any_level();
  bool SpeaksOfLevel = false, SpeaksOfLocks = false;
  for (const Clause &C : Says) {
    bool Changes = C.Says == Clause::Raises || C.Says == Clause::Saves ||
                   C.Says == Clause::Restores || C.Says == Clause::UsesCancel;
    if (C.Says == Clause::Raises && C.When.empty() && C.Level != DDI_NO_BOUND)
      Event.bound = raisedTo(C.Level);
    if (Changes)
      Judged.thread.saved_unknown = 1;
    SpeaksOfLevel |= isUpper(C) || isLower(C) || C.Says == Clause::RequiresSame;
    if (C.Says == Clause::RequiresSame)
      Event.facts |= DDI_DECLARES_SAME;
    SpeaksOfLocks |= isLock(C.What) && isAboutLock(C);
    Judged.thread.critical.net_unknown = 1;
    if (C.Says == Clause::Acquires && !isLock(C.What))
      SpeaksOfLocks = false; // which one is not known
  }
  if (Judged.thread.saved_unknown)
    Judged.thread.entry_irql = ddi_any_level();
  if (!SpeaksOfLevel)
    Judged.thread.irql = ddi_any_level();
  for (uint32_t I = 0; I < Judged.count; ++I)
    if (!SpeaksOfLocks || isDeclared(Judged.objects[I], Says, Function, At))
      Judged.objects[I].count = 0;

  ddi_violation Found[DDI_MAX_VIOLATIONS];
  unsigned Count = ddi_check(&Judged, &Event, Settings.Strictness, Found);
  ddi_state After = *stateOf(At.Node->getState());
  for (unsigned I = 0; I < Count; ++I) {
    report(At, Event, Found[I]);
    if (Types.count(Found[I].rule))
      ddi_forgive(&After, &Found[I]);
  }
  if (Count)
    At.Node = At.C.addTransition(keep(At.Node->getState(), After), At.Node);
}

static bool isKept(const ddi_state &Now, const ddi_id &Lock) {
  for (uint32_t I = 0; I < Now.count; ++I)
    if (Now.objects[I].id.path == Lock.path && Now.objects[I].count > 0)
      return true;
  return false;
}

/// Whether an annotation says that the function leaves this lock held, or that it
/// was held at entry and may be again. One that is reached through a parameter is
/// compared by that parameter; one that the path does not hold by that name may be
/// this one by another.
bool Engine::isDeclared(const ddi_object &Object, const Contract &Says,
                        const FunctionDecl &Function, Site &At) const {
  const LocationContext *Frame = At.C.getLocationContext();
  ProgramStateRef State = At.Node->getState();
  for (const Clause &C : Says) {
    bool MayStay = C.Says == Clause::Acquires || C.Says == Clause::RequiresHeld;
    if (!MayStay || !isLock(C.What))
      continue;
    if (C.What.Is == Subject::CancelLock)
      return true;
    if (C.What.Index >= Function.getNumParams())
      return true;
    const VarRegion *Variable = At.C.getStoreManager().getRegionManager()
                                 .getVarRegion(Function.getParamDecl(C.What.Index),
                                               Frame->getStackFrame());
    SVal Entered = At.C.getSValBuilder().getRegionValueSymbolVal(Variable);
    SVal Address = C.What.Is == Subject::Member
                       ? memberAt(Entered, Variable->getDecl()->getType(),
                                  C.What.Path, State)
                             .Address
                       : Entered;
    ddi_id Id = Names.idOf(Address);
    if (!Id.path || Id.path == Object.id.path || !isKept(*stateOf(State), Id))
      return true;
  }
  return false;
}

} // namespace ddi
