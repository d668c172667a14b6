//===- Engine.cpp - The tables along the analyzer's paths -----------------===//

#include "Engine.h"
#include "Compat.h"
#include "Driver.h"
#include "Fixes.h"
#include "LockPlaces.h"
#include "Suppressions.h"
#include "Values.h"
#include "Wrappers.h"
#include "clang/AST/ParentMap.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/AnalysisManager.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/ExprEngine.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/RangedConstraintManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <cstring>

using namespace clang;
using namespace ento;

// What the path knows, interned: equal states are one pointer.
REGISTER_TRAIT_WITH_PROGRAMSTATE(DdiState, const void *)
REGISTER_TRAIT_WITH_PROGRAMSTATE(DdiEntry, unsigned) // which of Entries
// What a routine gave out as the current thread: it does not change on a path.
REGISTER_TRAIT_WITH_PROGRAMSTATE(DdiCurrentThread, SymbolRef)

namespace ddi {

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

static size_t sizeOf(const ddi_state *State) {
  return offsetof(ddi_state, objects) + State->count * sizeof(ddi_object);
}

bool Engine::ByBytes::operator()(const ddi_state *A, const ddi_state *B) const {
  if (A->count != B->count)
    return A->count < B->count;
  return std::memcmp(A, B, sizeOf(A)) < 0;
}

const ddi_state *Engine::intern(const ddi_state &State) const {
  auto Found = States.find(&State);
  if (Found != States.end())
    return *Found;
  Storage.push_back(std::make_unique<ddi_state>(State));
  States.insert(Storage.back().get());
  return Storage.back().get();
}

const ddi_state *Engine::stateOf(ProgramStateRef State) const {
  if (const void *Known = State->get<DdiState>())
    return static_cast<const ddi_state *>(Known);
  ddi_state Unknown;
  ddi_context Nowhere = {};
  ddi_enter_function(&Unknown, &Nowhere);
  return intern(Unknown);
}

unsigned Engine::entryOf(ProgramStateRef State) {
  return State->get<DdiEntry>();
}

SymbolRef Engine::threadOf(ProgramStateRef State) {
  return State->get<DdiCurrentThread>();
}

ProgramStateRef Engine::keep(ProgramStateRef State, const ddi_state &Now) const {
  return State->set<DdiState>(intern(Now));
}

//===----------------------------------------------------------------------===//
// The program around the path
//===----------------------------------------------------------------------===//

static void complain(ASTContext &Context, llvm::Error Failure) {
  DiagnosticsEngine &Diagnostics = Context.getDiagnostics();
  unsigned Id =
      Diagnostics.getCustomDiagID(DiagnosticsEngine::Error, "%0");
  Diagnostics.Report(Id) << llvm::toString(std::move(Failure));
}

static Program readExcerpt(const std::string &Path, ASTContext &Context) {
  auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  llvm::Expected<Program> Excerpt =
      Text ? Program::parse((*Text)->getBuffer())
           : llvm::createStringError(Text.getError().message());
  if (Excerpt)
    return std::move(*Excerpt);
  complain(Context, Excerpt.takeError());
  return Program();
}

/// What this file says stands for what the index has of it.
static std::vector<UnitFacts> readOthers(const std::string &IndexPath,
                                         const UnitFacts &Own,
                                         ASTContext &Context) {
  if (IndexPath.empty())
    return {};
  llvm::Expected<Index> All = readIndex(IndexPath);
  if (!All) {
    complain(Context, All.takeError());
    return {};
  }
  llvm::erase_if(All->Units,
                 [&](const UnitFacts &U) { return U.File == Own.File; });
  return std::move(All->Units);
}

static std::string mainFile(const SourceManager &SM, StringRef Folder) {
  auto Main = SM.getFileEntryRefForID(SM.getMainFileID());
  return Main ? absolutePath(Folder, Main->getName()) : "";
}

/// This file, and those that the index tells of.
Program Engine::solveDriver(ASTContext &Context, Program Said) const {
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  SketchSet Sketches;
  Sketches.Bodies = readSketches(Context, *Annotations, Sketches.names());
  UnitFacts Own{std::string(Here), mainFile(Context.getSourceManager(), Here),
                Said.write(), Sketches.write()};
  std::vector<UnitFacts> Others = readOthers(Settings.IndexPath, Own, Context);
  Driver All;
  All.add(Own);
  for (const UnitFacts &Each : Others)
    All.add(Each);
  All.link();
  SolverOptions Solving;
  Solving.Strictness = Settings.Strictness;
  Solving.IsOpenWorld = Settings.IsOpenWorld;
  Solving.IsOn = [&](const ddi_rule &Rule) { return Types.count(&Rule) != 0; };
  All.solve(Solving);
  return All.take();
}

void Engine::checkASTDecl(const TranslationUnitDecl *Unit,
                          AnalysisManager &Manager, BugReporter &) const {
  ASTContext &Context = Unit->getASTContext();
  Annotations->attach(Context);
  Annotations->silenced().readAttributes(
      Context, Settings.SkipsOthers ? Suppressions::Takes : Suppressions::Reads);
  // A role is judged at its own entry, whoever else calls it.
  Manager.options.InliningMode = All;
  if (!Settings.ExcerptPath.empty()) {
    Whole = readExcerpt(Settings.ExcerptPath, Context);
    Jumps = lowerSeh(Context);
    beginOrders(Context);
    return;
  }
  Program Own = Program::read(Context, *Annotations);
  Jumps = lowerSeh(Context);
  Whole = solveDriver(Context, std::move(Own));
  beginOrders(Context);
}

ddi_fact_set Engine::driverFacts() const { return Whole.driverFacts(); }

bool Engine::isRelevant(const FunctionDecl &Function) const {
  if (!Whole.mustExplore(Program::nameOf(Function)))
    return false;
  if (Whole.IsPhysicalMiniport)
    return true;
  const ddi::Function *Found = Whole.find(Program::nameOf(Function));
  return !Found || Found->Reach.ops ||
         llvm::any_of(Entries, [&](const Entry &Into) {
           return Into.Context.held.must_release ||
                  ddi_may_be_outside(&Into.Context, &Found->Reach);
         });
}

/// What all files say of a function; null if they say nothing.
const ddi::Function *Engine::programmed(const FunctionDecl *Callee) const {
  if (!Callee || isOfTheSystem(*Callee))
    return nullptr;
  auto [It, IsNew] = Programmed.try_emplace(Callee->getCanonicalDecl());
  if (IsNew)
    It->second = Whole.find(Program::nameOf(*Callee));
  return It->second;
}

bool Engine::mayBePagedOut(const FunctionDecl *Callee) const {
  const ddi::Function *Found = programmed(Callee);
  return Found && (Found->IsPaged || Found->SaysPaged);
}

const Engine::Known &Engine::knownOf(const CallEvent &Call) const {
  static const Known Nothing;
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  if (!Callee)
    return Nothing;
  auto [It, IsNew] = Routines.try_emplace(Callee->getCanonicalDecl());
  const ddi_wrapper *Wrapper = IsNew ? wrapperOf(Callee) : nullptr;
  if (IsNew && (Wrapper || Call.isGlobalCFunction()))
    It->second = {routineOf(Callee), publishedOf(Callee), Wrapper};
  const ddi_routine *Row = It->second.Row;
  return Row && Call.getNumArgs() < ddi_routine_arity(Row) ? Nothing
                                                           : It->second;
}

const ddi_routine *Engine::rowOf(const CallEvent &Call) const {
  return knownOf(Call).Row;
}

//===----------------------------------------------------------------------===//
// Events
//===----------------------------------------------------------------------===//

/// Whether the value is what a routine of the tables gave out as the current
/// thread.
static bool isCurrentThread(SVal Id) {
  const auto *Symbol =
      dyn_cast_or_null<SymbolConjured>(Id.getAsSymbol(/*IncludeBase=*/true));
  const auto *Call =
      Symbol ? dyn_cast_or_null<CallExpr>(Symbol->getStmt()) : nullptr;
  const ddi_routine *Row = Call ? routineOf(Call->getDirectCallee()) : nullptr;
  return Row && Row->query == DDI_CURRENT_THREAD;
}

static bool isPlainZero(const Expr *E, CheckerContext &C) {
  Expr::EvalResult Value;
  return E && E->EvaluateAsInt(Value, C.getASTContext()) &&
         Value.Val.getInt() == 0;
}

/// Addresses of variables, tagged pointers, what a call returned or a caller that
/// is the system handed in: none of these is this thread.
bool isOtherThread(SVal Id, bool IsEntryKnown) {
  if (isCurrentThread(Id))
    return false;
  unsigned Tag = 0;
  SVal Plain = untag(Id, Tag);
  if (Tag)
    return true;
  const MemRegion *Region = Plain.getAsRegion();
  if (Region && !isa<SymbolicRegion>(Region->StripCasts()))
    return true;
  SymbolRef Symbol = Plain.getAsSymbol(/*IncludeBase=*/true);
  if (isa_and_nonnull<SymbolConjured>(Symbol))
    return true;
  const auto *Value = dyn_cast_or_null<SymbolRegionValue>(Symbol);
  const auto *Var = Value ? dyn_cast<VarRegion>(Value->getRegion()) : nullptr;
  return Var && isa<ParmVarDecl>(Var->getDecl()) && IsEntryKnown;
}

/// What the object begins with, which is a number or a structure.
static SVal firstWordOf(const MemRegion &Object, ProgramStateRef State) {
  const auto *Typed = dyn_cast<TypedValueRegion>(&Object);
  const RecordDecl *Record = Typed ? Typed->getValueType()->getAsRecordDecl() : nullptr;
  if (!Record || Record->field_empty())
    return State->getSVal(&Object, State->getStateManager().getContext().getUIntPtrType());
  SVal First = State->getLValue(*Record->field_begin(), loc::MemRegionVal(&Object));
  return State->getSVal(First.castAs<Loc>());
}

/// What a lock that is no more than memory was set to, or that it was not, shows.
static void lookInside(SVal Address, ProgramStateRef State, ddi_event &Event) {
  const MemRegion *Region = Address.getAsRegion();
  if (!Region)
    return;
  SVal Word = firstWordOf(*Region->StripCasts(), State);
  if (Word.isUndef() && Event.op == DDI_ACQUIRE)
    Event.facts |= DDI_UNINITIALIZED;
  bool IsAsAllocated = isa_and_nonnull<SymbolRegionValue>(Word.getAsSymbol());
  if (!Word.isUndef() && !Word.isUnknown() && !IsAsAllocated)
    Event.storage = {}; // it was set: whatever was there before says nothing
}

uint32_t Engine::causeAt(SourceLocation Place, const std::string &Text,
                         const SourceManager &SM, bool IsAsked) const {
  PresumedLoc At = SM.getPresumedLoc(SM.getExpansionLoc(Place));
  auto [It, IsNew] =
      CauseNumbers.try_emplace(Place, uint32_t(Causes.size() + 1));
  if (IsNew) {
    std::string Where = "line " + std::to_string(At.isValid() ? At.getLine() : 0);
    bool IsHere = SM.getFileID(SM.getExpansionLoc(Place)) == SM.getMainFileID();
    if (At.isValid() && !IsHere)
      Where += " of " + llvm::sys::path::filename(At.getFilename()).str();
    Causes.push_back({Text + " on " + Where, IsAsked});
  }
  return It->second;
}

/// "DISPATCH_LEVEL, set by 'KeAcquireSpinLock' in line 12".
std::string Engine::describe(const ddi_level &Level,
                             const ddi_violation *Why,
                             const ExplodedNode &At) const {
  bool IsLow = Why && (Why->obligation->never & DDI_IRQL_TOO_LOW);
  std::string Text = ddi_level_name(IsLow ? Level.high : Level.low);
  if (Level.low != Level.high &&
      StringRef(ddi_level_name(Level.low)) != ddi_level_name(Level.high))
    Text += IsLow ? " or below" : " or above";
  if (Level.cause)
    return Text + ", " + Causes[Level.cause - 1].Text;
  const Entry &Into = Entries[At.getState()->get<DdiEntry>()];
  return Into.LevelNote.empty() ? Text : Text + ", " + Into.LevelNote;
}

void Engine::readLevel(const ddi_effect &Effect, const CallEvent &Call,
                       ProgramStateRef State, SVal Result,
                       ddi_event &Event) const {
  if (Effect.level) {
    SVal Value = argumentOf(Call, Effect.level);
    Event.level = levelOf(Value, State);
    if (Effect.op == DDI_LOWER) {
      Event.value = Names.valueOf(Value);
      const Expr *Written = argumentExpr(Call, Effect.level);
      if (Written && isa<IntegerLiteral>(Written->IgnoreParenCasts()))
        Event.facts |= DDI_LITERAL_LEVEL;
    }
  } else if (Effect.op == DDI_RAISE) {
    int Low = Effect.to, High = Effect.up_to ? Effect.up_to : Effect.to;
    // There are many device levels, and each is one.
    Event.level = ddi_level_between(
        Low, High == DDI_DIRQL ? DDI_HIGH_LEVEL - 1 : High);
  } else {
    Event.level = ddi_any_level();
  }
  if (Effect.old == DDI_RESULT)
    Event.value = Names.valueOf(Result);
  else if (const MemRegion *Out = argumentOf(Call, Effect.old).getAsRegion())
    Event.value = Names.valueOf(State->getSVal(Out));
  if (Effect.object)
    Event.keeper = Names.idOf(argumentOf(Call, Effect.object)).path;
  const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  if (!Origin)
    return;
  ASTContext &Context = State->getStateManager().getContext();
  Event.level.cause = causeAt(
      Origin->getBeginLoc(), "set by '" + spellCall(Origin, Context) + "'",
      Context.getSourceManager());
}

/// Whether the path has compared the current thread with something: a lock that is
/// taken then may be one that counts its owner's acquisitions, and what is
/// released when is decided by that count.
static bool comparesThread(ProgramStateRef State) {
  for (const auto &[Symbol, Range] : getConstraintMap(State)) {
    const auto *Both = dyn_cast<SymSymExpr>(Symbol);
    if (Both && (isCurrentThread(nonloc::SymbolVal(Both->getLHS())) ||
                 isCurrentThread(nonloc::SymbolVal(Both->getRHS()))))
      return true;
  }
  return false;
}

/// What the first parameter names is called as the driver calls it.
ddi_id Engine::heldObject(const ddi_held &Held, const FunctionDecl *Function,
                          CheckerContext &C) const {
  if (!Held.is_parameter)
    return fixedObject(Held.name);
  if (!Function || !Function->getNumParams())
    return ddi_id();
  const ParmVarDecl *First = Function->getParamDecl(0);
  ProgramStateRef State = C.getState();
  const ddi_id Id =
      Names.idOf(State->getSVal(State->getLValue(First, C.getLocationContext())));
  Spellings.try_emplace(Id.path, First->getNameAsString());
  return Id;
}

/// Who is entered with a lock that no argument names, and who calls for it, mean one.
ddi_id Engine::fixedObject(const char *Name) const {
  ddi_id Id = Names.idOf(StringRef(Name));
  Id.symbolic = false;
  Spellings.try_emplace(Id.path, Name);
  if (Locks)
    Locks->note(Id.path, Name);
  return Id;
}

ddi_event Engine::eventOf(const ddi_routine &Row, const ddi_effect &Effect,
                          const CallEvent &Call, ProgramStateRef State,
                          SVal Result) const {
  ddi_event Event = {};
  Event.call = Row.name;
  Event.op = Effect.op;
  Event.kind = Effect.kind;
  Event.mode = Effect.mode;
  const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  bool IsByMacro = Origin && Origin->getBeginLoc().isMacroID();
  const std::string Written =
      IsByMacro ? spellCall(Origin, State->getStateManager().getContext()) : "";
  Event.family = ddi_family_of(&Row, ddi_find_routine(Written.c_str()));
  Event.form = Row.form;
  Event.facts = driverFacts();
  if (Effect.op & (DDI_RAISE | DDI_LOWER | DDI_SIGNAL_WAIT))
    readLevel(Effect, Call, State, Result, Event);
  if (Effect.object == DDI_FIXED) {
    Event.object = fixedObject(Effect.name);
  } else if (Effect.object && Effect.kind) {
    SVal Address = argumentOf(Call, Effect.object);
    bool IsMemory = DDI_NAMED_BY_STORAGE & DDI_KIND(Effect.kind);
    Event.object = IsMemory     ? Names.storageOf(Address)
                   : Effect.tag ? Names.idOf(Address, argumentOf(Call, Effect.tag))
                                : Names.idOf(Address);
    Event.object.symbolic |= !Event.object.path; // could be any
    const Expr *Written = argumentExpr(Call, Effect.object);
    if (Written && knownOf(Call).Wrapper && isAroundLock(Written)) {
      Event.object.symbolic = 1; // which of its members is the lock nobody says
      Event.object.shape = 0;
    }
    Event.storage = Names.storageOf(Address);
    if (isOnStack(Address))
      Event.facts |= DDI_ON_STACK;
    if (!IsMemory && Event.object.path)
      Spellings.try_emplace(Event.object.path,
                            spellObject(Written, State->getStateManager().getContext()));
    if (!IsMemory && Effect.tag)
      noteLock(Event.object, Address, argumentOf(Call, Effect.tag));
    else if (!IsMemory)
      noteLock(Event.object, Address);
  }
  const Expr *Lock = Effect.kind == DDI_LOCK ? argumentExpr(Call, Effect.object)
                                             : nullptr;
  if (Lock)
    Event.kind = kindOfLock(Lock->IgnoreParenCasts()->getType(), Event.object,
                            *stateOf(State));
  constexpr ddi_kind_set Plain =
      DDI_KIND(DDI_PUSH_LOCK) | DDI_KIND(DDI_SPIN_LOCK) | DDI_KIND(DDI_FAST_MUTEX);
  if (Plain & DDI_KIND(Effect.kind))
    lookInside(argumentOf(Call, Effect.object), State, Event);
  if (Row.wait && truthOf(argumentOf(Call, Row.wait), State) == 1)
    Event.facts |= DDI_WAITS;
  if (Row.timeout && truthOf(argumentOf(Call, Row.timeout), State) == 0)
    Event.facts |= DDI_WAITS;
  if (!Row.wait && Effect.op == DDI_ACQUIRE && Row.when == DDI_ALWAYS)
    Event.facts |= DDI_WAITS;
  if (Row.timeout && Effect.op == DDI_ACQUIRE &&
      truthOf(argumentOf(Call, Row.timeout), State) == 0)
    Event.facts |= DDI_WAITS;
  if (Effect.owner) {
    SVal Owner = argumentOf(Call, Effect.owner);
    Event.owner = Names.idOf(Owner);
    Event.owner_storage = Names.storageOf(Owner);
    if (isOnStack(Owner))
      Event.facts |= DDI_OWNER_ON_STACK;
    if (Event.owner.path && Event.owner.tag != 3)
      Event.facts |= DDI_OWNER_UNTAGGED;
    if (isCurrentThread(Owner))
      Event.facts |= DDI_THIS_THREAD;
    if (Effect.op == DDI_RELEASE_FOR && isOtherThread(Owner, Top.Context.known))
      Event.facts |= DDI_OTHER_THREAD;
    ddi_find_released(stateOf(State), &Event);
  }
  if (Row.flags) {
    const llvm::APSInt *Flags = argumentOf(Call, Row.flags).getAsInteger();
    if (Flags && Flags->getLimitedValue() & ~uint64_t(Row.flags_known))
      Event.facts |= DDI_UNKNOWN_FLAGS;
  }
  return Event;
}

std::string Engine::fill(const char *Text, const Words &With) const {
  std::string Filled;
  for (; *Text; ++Text) {
    if (Text[0] != '%') {
      Filled += *Text;
      continue;
    }
    ++Text;
    auto It = Spellings.find(*Text == 'n' ? With.Acquired : With.Object);
    Filled += *Text == 'c'   ? With.Routine
              : *Text == 'l' ? With.Level
              : *Text == 'b' ? With.Bound
              : *Text == 'r' ? With.Reverse
              : It != Spellings.end() ? It->second
                                      : "the object";
  }
  return Filled;
}

/// Where a suppression may stand: at the finding, or where its statement begins or
/// ends; of what is found at the end of a function, also where Code Analysis puts
/// it: at the function's head or at its first brace.
std::vector<SourceLocation>
Engine::placesOf(const PathSensitiveBugReport &Found,
                 const ddi_obligation &Owed) const {
  std::vector<SourceLocation> All{Found.getLocation().asLocation()};
  const ExplodedNode &End = *Found.getErrorNode();
  const LocationContext *Frame = End.getLocationContext();
  const auto *Function = dyn_cast<FunctionDecl>(Frame->getDecl());
  bool IsAtEnd = Owed.at & (DDI_EXIT | DDI_SIBLING_EXIT | DDI_KEEP_CONTRACT);
  if (const Stmt *Own = IsAtEnd ? nullptr : End.getStmtForDiagnostics()) {
    const ParentMap &Parents = Frame->getParentMap();
    for (const Stmt *Outer = Parents.getParent(Own);
         isa_and_nonnull<Expr, ReturnStmt, DeclStmt>(Outer);
         Outer = Parents.getParent(Own))
      Own = Outer;
    All.push_back(Own->getBeginLoc());
    All.push_back(Own->getEndLoc());
  }
  if (!Function || !IsAtEnd)
    return All;
  All.push_back(Function->getLocation());
  All.push_back(Function->getBeginLoc());
  if (const Stmt *Body = Function->getBody())
    All.push_back(Body->getBeginLoc());
  for (const Clause &C : Annotations->of(*Function))
    All.push_back(C.At);
  return All;
}

/// Notes what silences the report. False if that is all: clang drops it then.
bool Engine::settle(Report &R, const ddi_violation &Found,
                    const Spot *Elsewhere) const {
  const ddi_obligation &Owed = *Found.obligation;
  const SourceManager &SM = R.getErrorNode()
                                ->getState()
                                ->getStateManager()
                                .getContext()
                                .getSourceManager();
  std::optional<Suppression> By =
      Elsewhere ? suppressionAt(*Elsewhere, Found.rule->name, Owed.alias, SM)
                : Annotations->silenced().find(placesOf(R, Owed),
                                               Found.rule->name, Owed.alias);
  R.Teller = stateTeller();
  if (By)
    llvm::raw_string_ostream(R.Silenced) << toJSON(*By);
  return !By || Settings.SkipsOthers;
}

void Engine::report(Site &At, const ddi_event &Event,
                    const ddi_violation &Violation) const {
  auto Type = Types.find(Violation.rule);
  ddi_level Now = stateOf(At.Node->getState())->thread.irql;
  bool IsOfContract = Top.HasContract && (Event.op == DDI_KEEP_CONTRACT ||
                                          (Event.op == DDI_CALL && !Now.cause));
  if (Type == Types.end() || (IsMuted && !IsOfContract))
    return;
  if (!At.Inverts && Now.cause && Causes[Now.cause - 1].IsAsked &&
      !isGuarded(*At.Node))
    return;
  std::string Message =
      fill(Violation.obligation->error,
           {At.Routine, Violation.object.path, describe(Now, &Violation, *At.Node),
            At.Bound, At.Inverts ? At.Inverts->Acquired : 0,
            At.Inverts ? spell(*At.Inverts->Other) : ""});
  bool IsElsewhere = At.Elsewhere && At.Place.isValid();
  if (At.Elsewhere && !IsElsewhere)
    Message += " (in " + At.Elsewhere->File + ":" +
               std::to_string(At.Elsewhere->Line) + ")";
  auto R = std::make_unique<Report>(*Type->second, Message, At.Node, Violation,
                                    At.Place, At.Number);
  if (At.Inverts)
    tellInversion(*At.Inverts, *R, At.C.getSourceManager());
  if (!settle(*R, Violation, IsElsewhere ? At.Elsewhere : nullptr))
    return;
  bool IsNew =
      Reported.insert({Violation.rule, R->getLocation().asLocation()}).second;
  if (Exploring)
    Exploring->Broken.insert(Violation.rule->name);
  if (IsMuted && !IsNew)
    return;
  if (At.Origin) {
    R->addRange(At.Origin->getSourceRange());
    for (const FixItHint &Fix :
         fixesFor(*Violation.obligation, Event, *At.Origin,
                  At.C.getCurrentAnalysisDeclContext()))
      R->addFixItHint(Fix);
  }
  At.C.emitReport(std::move(R));
}

/// Tells that the event happened; null if nobody is told.
const ProgramPointTag *Engine::noteOf(const Site &At, const ddi_event &Event,
                                      const ddi_state &After) const {
  const char *Text = ddi_note(&Event);
  if (!Text)
    return nullptr;
  std::string Note = fill(Text, {At.Routine, Event.object.path,
                                 ddi_level_name(After.thread.irql.low), ""});
  return At.C.getStateManager().getOwningEngine().getDataTags().make<StepTag>(
      Note, At.Elsewhere ? At.Place : PathDiagnosticLocation(),
      std::vector<StepTag::Cause>{{Event, At.Number}});
}

/// Judges the event, reports, and lets it happen. Returns the node behind it.
ExplodedNode *Engine::happen(Site &At, const ddi_event &Event) const {
  ProgramStateRef State = At.Node->getState();
  const ddi_state *Before = stateOf(State);
  if (Event.op == DDI_ACQUIRE && !At.Elsewhere)
    judgeOrder(At, Event, *Before);
  ddi_violation Found[DDI_MAX_VIOLATIONS];
  unsigned Count =
      ddi_check(Before, &Event, Settings.Strictness, Found);
  for (unsigned I = 0; I < Count; ++I)
    report(At, Event, Found[I]);

  ddi_state After = *Before;
  ddi_step(&After, &Event);
  for (unsigned I = 0; I < Count; ++I)
    if (Types.count(Found[I].rule))
      ddi_forgive(&After, &Found[I]);

  const ProgramPointTag *Tag = noteOf(At, Event, After);
  const ddi_state *Kept = intern(After);
  if (Kept == Before)
    return At.Node;
  ExplodedNode *Next = At.C.addTransition(
      State->set<DdiState>(Kept), At.Node, Tag);
  return Next;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

void Engine::checkBeginFunction(CheckerContext &C) const {
  if (!C.inTopFrame()) {
    Inlined.insert(C.getLocationContext()->getDecl());
    if (const auto *Callee =
            dyn_cast<FunctionDecl>(C.getLocationContext()->getDecl()))
      for (const ParmVarDecl *Parameter : Callee->parameters())
        notePlace(C.getState()
                      ->getLValue(Parameter, C.getLocationContext())
                      .getAsRegion());
    return;
  }
  // The analyzer uses the same addresses again for the next function.
  Names = Objects();
  Spellings.clear();
  if (Locks)
    Locks->forget();
  States.clear();
  Storage.clear();
  WaysOut.clear();
  Read = Reads();
  Places.clear();
  KnownPlaces.clear();
  Outlooks.clear();
  Causes.clear();
  CauseNumbers.clear();
  Entries = {Entry()};
  Top = Entries.front();
  IsMuted = false;
  Exploring.reset();
  const auto *Function =
      dyn_cast<FunctionDecl>(C.getLocationContext()->getDecl());
  if (Function) {
    Entries = entriesOf(Whole.find(Program::nameOf(*Function)),
                        Function->getNameAsString(), Whole,
                        Settings.IsOpenWorld);
    Top = Entries.front();
    // What its callers showed already says nothing new by itself, but for what its
    // annotations say.
    IsMuted = !Top.IsRole && Inlined.count(Function);
    bool IsDone = IsMuted && !Top.HasContract;
    if (Settings.SkipsOthers && (IsDone || !isRelevant(*Function))) {
      C.addSink();
      return;
    }
    Exploring.emplace();
    Exploring->Function = Program::nameOf(*Function);
    Begun = std::chrono::steady_clock::now();
  }
  std::set<std::pair<const ddi_state *, bool>> Seen;
  for (unsigned I = 0; I < Entries.size(); ++I) {
    ddi_state Start;
    ddi_enter_function(&Start, &Entries[I].Context);
    if (const ddi_held &Held = Entries[I].Context.held; Held.name) {
      const ddi_id Id = heldObject(Held, Function, C);
      ddi_hold_at_entry(&Start, &Held, &Id);
    }
    const ddi_state *Known = intern(Start);
    if (!Seen.insert({Known, Entries[I].IsJudgedAtExit}).second)
      continue;
    auto *Tag = C.getStateManager().getOwningEngine().getDataTags().make<StepTag>(
        Entries[I].Note, PathDiagnosticLocation(), std::vector<StepTag::Cause>(),
        StepTag::OfEntry);
    ExplodedNode *Entered = C.addTransition(
        C.getState()->set<DdiState>(Known)->set<DdiEntry>(I), Tag);
    const ddi::Function *Own = programmed(Function);
    if (Own && Entered && !Entries[I].Context.known)
      Entered = tellChain(*Own, Entered, C);
    bool IsNews = Entries[I].IsRole && !Entries[I].IsCalled;
    if (Function && IsNews && mayBePagedOut(Function) && Entered) {
      Site At{C, Entered, Function->getNameAsString(), nullptr,
              PathDiagnosticLocation(Function, C.getSourceManager())};
      runPaged(At, /*GoesOn=*/false);
    }
  }
}

static char resultOf(const ReturnStmt *Return, CheckerContext &C) {
  const Expr *Value = Return ? Return->getRetValue() : nullptr;
  if (!Value || Value->getType()->isVoidType())
    return '-';
  int Truth = truthOf(C.getSVal(Value), C.getState());
  return Truth == 1 ? '1' : Truth == 0 ? '0' : '?';
}

static PathDiagnosticLocation wayOut(const ReturnStmt *Return,
                                     CheckerContext &C) {
  const SourceManager &SM = C.getSourceManager();
  const LocationContext *Frame = C.getLocationContext();
  return Return ? PathDiagnosticLocation::createBegin(Return, SM, Frame)
                : PathDiagnosticLocation::createDeclEnd(Frame, SM);
}

void Engine::checkEndFunction(const ReturnStmt *Return,
                              CheckerContext &C) const {
  Site At{C, C.getPredecessor(), "", nullptr, wayOut(Return, C)};
  const StackFrameContext *Frame = C.getStackFrame();
  const ddi_state Now = *stateOf(C.getState());
  for (uint32_t I = 0; I < Now.count && At.Node; ++I) {
    const VarRegion *Local = Names.variableOf(Now.objects[I].storage);
    if (Now.objects[I].kind == DDI_STORAGE || !Local ||
        Local->getStackFrame() != Frame)
      continue;
    ddi_event End = {};
    End.op = DDI_SCOPE_END;
    End.kind = DDI_STORAGE;
    End.object = Now.objects[I].storage;
    At.Node = happen(At, End);
  }
  if (!C.inTopFrame() || !At.Node)
    return;
  const auto *Function =
      dyn_cast<FunctionDecl>(C.getLocationContext()->getDecl());
  if (Function && !Top.IsRole)
    judgeContract(*Function, At);
  if (!At.Node)
    return;
  if (!Entries[C.getState()->get<DdiEntry>()].IsJudgedAtExit) {
    if (Top.IsRole && !Entries[C.getState()->get<DdiEntry>()].MayChangeLevel)
      judgeLevelAtExit(At);
    if (Top.comparesWaysOut())
      WaysOut.push_back({At.Node, At.Place, stateOf(At.Node->getState()),
                         resultOf(Return, C)});
    return;
  }
  ddi_event Exit = {};
  Exit.op = DDI_EXIT;
  Exit.facts = driverFacts();
  happen(At, Exit);
}

static void forgetRaise(ddi_thread &Thread) {
  Thread.irql = ddi_any_level();
  Thread.saved_unknown = 1;
}

/// What is to be held or left for somebody else is none of the IRQL's business.
void Engine::judgeLevelAtExit(Site &At) const {
  ddi_state Judged = *stateOf(At.Node->getState());
  Judged.thread.critical.net_unknown = Judged.thread.guarded.net_unknown = 1;
  for (uint32_t I = 0; I < Judged.count; ++I)
    Judged.objects[I].count = 0;
  judgeExit(At, Judged);
}

void Engine::judgeExit(Site &At, ddi_state Judged) const {
  ddi_event Exit = {};
  Exit.op = DDI_EXIT;
  Exit.facts = driverFacts();
  ddi_violation Found[DDI_MAX_VIOLATIONS];
  unsigned Count = ddi_check(&Judged, &Exit, Settings.Strictness, Found);
  if (!Count)
    return;
  ddi_state After = Judged;
  for (unsigned I = 0; I < Count; ++I) {
    report(At, Exit, Found[I]);
    if (Types.count(Found[I].rule))
      ddi_forgive(&After, &Found[I]);
  }
  At.Node = At.C.addTransition(
      At.Node->getState()->set<DdiState>(intern(After)), At.Node);
}

void Engine::checkPostStmt(const DeclStmt *Decl, CheckerContext &C) const {
  for (const clang::Decl *D : Decl->decls()) {
    const auto *Var = dyn_cast<VarDecl>(D);
    if (!Var || !Var->hasLocalStorage())
      continue;
    if (Var->hasInit()) {
      notePlace(C.getState()->getLValue(Var, C.getLocationContext()).getAsRegion());
      continue;
    }
    const auto *Record = Var->getType()->getAsRecordDecl();
    if (!Record || !Record->isCompleteDefinition() || !holdsObject(*Record))
      continue;
    ddi_event Event = {};
    Event.op = DDI_ALLOCATE;
    Event.kind = DDI_STORAGE;
    Event.object =
        Names.storageOf(C.getState()->getLValue(Var, C.getLocationContext()));
    Site At{C, C.getPredecessor(), "", nullptr};
    happen(At, Event);
  }
}

void Engine::checkPostStmt(const BinaryOperator *Op, CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  auto Jump = Jumps.find(Op);
  if (Jump != Jumps.end()) {
    C.addTransition(State, C.getNoteTag(
                               [Note = Jump->second.str()](
                                   PathSensitiveBugReport &R) {
                                 return Report::get(R) ? Note : std::string();
                               },
                               /*IsPrunable=*/true));
    return;
  }
  bool SetsBits = Op->getOpcode() == BO_Or || Op->getOpcode() == BO_Add;
  if (!SetsBits || !C.getSVal(Op).isUnknown())
    return;
  auto Address = C.getSVal(Op->getLHS()).getAs<nonloc::LocAsInteger>();
  const llvm::APSInt *Bits = C.getSVal(Op->getRHS()).getAsInteger();
  const MemRegion *Region = Address ? Address->getLoc().getAsRegion() : nullptr;
  if (!Region || !Bits || !Bits->ult(4))
    return;
  SVal Value = tagged(*Region, unsigned(Bits->getZExtValue()), *Op, C);
  C.addTransition(State->BindExpr(Op, C.getLocationContext(), Value));
}

/// A number with low bits set becomes a pointer again.
void Engine::checkPostStmt(const CastExpr *Cast, CheckerContext &C) const {
  if (Cast->getCastKind() != CK_IntegralToPointer ||
      !C.getSVal(Cast).isUnknown())
    return;
  unsigned Tag = 0;
  SVal Plain = untag(C.getSVal(Cast->getSubExpr()), Tag);
  const MemRegion *Region = Plain.getAsRegion();
  SymbolRef Symbol = Plain.getAsSymbol();
  if (!Region && Symbol && Symbol->getType()->isAnyPointerType())
    Region = C.getSValBuilder().getRegionManager().getSymbolicRegion(Symbol);
  if (!Tag || !Region)
    return;
  C.addTransition(C.getState()->BindExpr(Cast, C.getLocationContext(),
                                         tagged(*Region, Tag, *Cast, C)));
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static bool isPagedBlock(const ddi_state &State, const ddi_id &Storage) {
  for (uint32_t I = 0; I < State.count; ++I)
    if (State.objects[I].kind == DDI_STORAGE &&
        State.objects[I].id.path == Storage.path)
      return State.objects[I].paged;
  return false;
}

/// A timeout that is null, or known to be another than zero.
static bool isWaiting(SVal Timeout, ProgramStateRef State) {
  int Truth = truthOf(Timeout, State);
  if (Truth == 0)
    return true;
  return truthOf(intervalAt(Timeout, State), State) == 1;
}

Engine::Bound Engine::boundOf(const Known &Called, const CallEvent &Call,
                              ProgramStateRef State) const {
  Bound Allowed;
  if (Called.Published) {
    Allowed.Level = ddi_published_bound(Called.Published,
                                        Settings.Strictness & DDI_STRICT);
    Allowed.Source = spellSource(
        ddi_is_bound_of_page(Called.Published, Allowed.Level) ? "page" : "header",
        Called.Wrapper);
  }
  if (!Called.Published && !Called.Row)
    narrowByContract(contractOf(Call), Call, State, Allowed);
  if (!Called.Row)
    return Allowed;
  for (const ddi_bound &Row : Called.Row->bounds) {
    SVal Argument = argumentOf(Call, Row.arg);
    std::string Why;
    switch (Row.when) {
    case DDI_NO_CASE:
      break;
    case DDI_IN_ANY_CASE:
      Why = spellSource("page", Called.Wrapper);
      break;
    case DDI_IF_NONZERO:
      Why = truthOf(Argument, State) == 1 ? "as it is to wait" : "";
      break;
    case DDI_IF_WAITING:
      Why = isWaiting(Argument, State) ? "with this timeout" : "";
      break;
    case DDI_IF_PAGED_POOL: {
      const llvm::APSInt *Pool = argumentOf(Call, Called.Row->pool).getAsInteger();
      bool IsPaged = Pool ? (Pool->getZExtValue() & Called.Row->paged_mask) ==
                                Called.Row->paged_value
                          : !Called.Row->pool &&
                                isPagedBlock(*stateOf(State),
                                             Names.storageOf(Argument));
      Why = IsPaged ? "for paged pool" : "";
      break;
    }
    }
    if (Why.empty())
      continue;
    Allowed.Level = ddi_level_between(Row.min, Row.max);
    Allowed.Source = Why;
  }
  return Allowed;
}

/// "it may be called at APC_LEVEL at most, by its page".
std::string Engine::spellBound(const ddi_level &Level,
                               const std::string &Source) {
  std::string Text = "it may be called ";
  if (Level.low == Level.high)
    Text += std::string("at ") + ddi_level_name(Level.low) + " only";
  else if (Level.low == DDI_PASSIVE_LEVEL)
    Text += std::string("at ") + ddi_level_name(Level.high) + " at most";
  else if (Level.high == DDI_HIGH_LEVEL)
    Text += std::string("at ") + ddi_level_name(Level.low) + " at least";
  else
    Text += std::string("from ") + ddi_level_name(Level.low) + " to " +
            ddi_level_name(Level.high);
  return Text + ", " + Source;
}

/// Who forgets an acquire gives back a level that was never saved. The analyzer would
/// end the path there, as it has its own word for that.
void Engine::checkPreStmt(const CallExpr *Call, CheckerContext &C) const {
  if (!routineOf(Call->getDirectCallee()))
    return;
  ProgramStateRef State = C.getState();
  for (const Expr *Argument : Call->arguments())
    if (C.getSVal(Argument).isUndef())
      State = State->BindExpr(Argument, C.getLocationContext(), UnknownVal());
  // By its tag it differs from the node that checkPreCall() makes.
  static const SimpleProgramPointTag Tag("ddi", "never saved");
  C.addTransition(State, &Tag);
}

void Engine::checkPreCall(const CallEvent &Call, CheckerContext &C) const {
  Known Called = knownOf(Call);
  const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  // The documented name may be that of a macro.
  std::string Written;
  if (Origin && Origin->getBeginLoc().isMacroID())
    Written = spellCall(Origin, C.getASTContext());
  const ddi_published *OfMacro = ddi_find_published(Written.c_str());
  if (OfMacro && ddi_has_bound(OfMacro)) {
    Called.Published = OfMacro;
    Called.Wrapper = ddi_find_wrapper(Written.c_str());
  }
  const Contract &Says = contractOf(Call);
  bool IsPaged = mayBePagedOut(dyn_cast_or_null<FunctionDecl>(Call.getDecl()));
  bool IsInteresting = Called.Published || Called.Row || !Says.empty() ||
                       IsPaged || driverFacts();
  const IdentifierInfo *Callee = Call.getCalleeIdentifier();
  if (!Origin || !IsInteresting || !Callee)
    return;
  Bound Allowed = boundOf(Called, Call, C.getState());
  std::string Name = Callee->getName().str();
  ddi_event Event = {};
  Event.op = DDI_CALL;
  Event.call = Called.Wrapper             ? Called.Wrapper->name
               : Call.isGlobalCFunction() ? Name.c_str()
                                          : nullptr;
  Event.written = Written.c_str();
  Event.bound = Allowed.Level;
  Event.facts = driverFacts();
  if (Called.Published && Called.Published->special_apcs)
    Event.facts |= DDI_NEEDS_SPECIAL_APCS;
  if (Called.Row && Called.Row->superseded)
    Event.facts |= DDI_SUPERSEDED;
  for (unsigned I = 0; Called.Row && I < DDI_MAX_EFFECTS; ++I) {
    const ddi_effect &Effect = Called.Row->effects[I];
    Event.facts |= Effect.op == DDI_WAIT ? DDI_IS_WAIT : 0;
    if (Effect.op != DDI_FREE)
      continue;
    Event.kind = DDI_STORAGE;
    Event.object = Names.storageOf(argumentOf(Call, Effect.object));
  }
  ddi_violation Found[DDI_MAX_VIOLATIONS];
  const ddi_state *Before = stateOf(C.getState());
  bool IsBroken = ddi_check(Before, &Event, Settings.Strictness, Found);
  bool DemandsLocks = !Called.Row && !Says.empty();
  if (!IsBroken && !DemandsLocks && !IsPaged)
    return;
  Site At{C, IsBroken ? C.generateNonFatalErrorNode() : C.getPredecessor(),
          spellCall(Origin, C.getASTContext()), Origin};
  At.Bound = spellBound(Allowed.Level, Allowed.Source);
  if (IsBroken && At.Node)
    At.Node = happen(At, Event);
  if (DemandsLocks)
    demandLocks(Says, Call, At);
  if (IsPaged && At.Node)
    runPaged(At, /*GoesOn=*/false);
}

/// Code that may be paged out is entered, or goes on behind a call.
ExplodedNode *Engine::runPaged(Site &At, bool GoesOn) const {
  ddi_event Event = {};
  Event.op = DDI_RUN_PAGED;
  Event.facts = driverFacts() | (GoesOn ? DDI_GOES_ON : 0);
  return happen(At, Event);
}

/// Behind a call in code that may be paged out.
void Engine::checkPostCall(const CallEvent &Call, CheckerContext &C) const {
  followCall(Call, C);
  const auto *Function =
      dyn_cast<FunctionDecl>(C.getLocationContext()->getDecl());
  const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  const ddi::Function *Own = programmed(Function);
  const ddi_level &Now = stateOf(C.getState())->thread.irql;
  bool IsRaised = Now.low > DDI_APC_LEVEL &&
                  !(Now.cause && Causes[Now.cause - 1].IsAsked);
  if (!Own || !Own->IsPaged || !Origin || !IsRaised || C.isDifferent())
    return;
  Site At{C, C.getPredecessor(), spellCall(Origin, C.getASTContext()), Origin};
  runPaged(At, /*GoesOn=*/true);
}

void Engine::escapeArguments(const CallEvent &Call, ddi_state &Now) const {
  for (unsigned I = 0; I < Call.getNumArgs(); ++I)
    if (ddi_id Memory = Names.storageOf(Call.getArgSVal(I)); Memory.path)
      ddi_escape(&Now, Memory.path);
}

static bool isMeant(const ddi_routine &Row, const CallEvent &Call) {
  if (!Row.pointee)
    return true;
  for (const ddi_effect &Effect : Row.effects)
    if (Effect.kind) {
      const Expr *Object = argumentExpr(Call, Effect.object);
      return Object && pointsTo(Object, Row.pointee);
    }
  return true;
}

static bool holdsAny(const ddi_state &State, ddi_kind Kind) {
  return llvm::any_of(ArrayRef(State.objects, State.count), [&](const ddi_object &Object) {
    return Object.kind == Kind && Object.count > 0;
  });
}

bool Engine::isAskedFor(const ddi_effect &Effect, const CallEvent &Call,
                        ProgramStateRef State) const {
  if (Effect.under && !holdsAny(*stateOf(State), Effect.under))
    return false;
  if (!Effect.only_if)
    return true;
  SVal Asked = argumentOf(Call, Effect.only_if);
  if (!Effect.equals)
    return truthOf(Asked, State) == 1;
  const llvm::APSInt *Number = Asked.getAsInteger();
  return Number && *Number == Effect.equals;
}

void Engine::followCall(const CallEvent &Call, CheckerContext &C) const {
  const ddi_routine *Row = rowOf(Call);
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  bool Returns = Row ? !Row->raises && !Row->stops
                     : !Callee || !Callee->isNoReturn();
  if (!Returns) {
    C.generateSink(C.getState(), C.getPredecessor());
    return;
  }
  if (Row && Row->observed) {
    Site At{C, C.getPredecessor(), Row->name, nullptr};
    for (const ddi_effect &Effect : Row->effects)
      if (Effect.op && At.Node && isMeant(*Row, Call) &&
          isAskedFor(Effect, Call, C.getState()))
        At.Node = happen(At, eventOf(*Row, Effect, Call, At.Node->getState()));
    return;
  }
  if (Row || C.wasInlined)
    return;
  const ddi_state *Before = stateOf(C.getState());
  ddi_state After = *Before;
  const Contract &Says = contractOf(Call);
  const Summary *Known = hasEffects(Says) ? nullptr : summaryOf(Call);
  if (!Known) {
    ddi_reach Reach = reachOf(Call);
    ddi_havoc(&After, &Reach);
  }
  if (hasEffects(Says))
    ddi_keep_thread(&Before->thread, &After.thread);
  if (!Callee || !isOfTheSystem(*Callee))
    escapeArguments(Call, After);
  ExplodedNode *Next = C.getPredecessor();
  if (intern(After) != Before)
    Next = C.addTransition(keep(C.getState(), After));
  if (hasEffects(Says) && Next)
    followContract(Says, Call, *Next, C);
  if (Known && Next)
    replay(*Known, Call, *Next, C);
}

static ProgramStateRef assumeThere(SVal Address, ProgramStateRef State) {
  const MemRegion *Region = Address.getAsRegion();
  const MemRegion *Base = Region ? Region->getBaseRegion() : nullptr;
  if (!isa_and_nonnull<SymbolicRegion>(Base))
    return State;
  ProgramStateRef There = State->assume(
      loc::MemRegionVal(Base).castAs<DefinedOrUnknownSVal>(), true);
  return There ? There : State;
}

/// The two ways a routine can end: with its effects, and without.
struct Outcomes {
  ProgramStateRef Done, Failed;
};

static Outcomes outcomesOf(const ddi_routine &Row, const CallEvent &Call,
                           DefinedOrUnknownSVal Result, ProgramStateRef State,
                           CheckerContext &C) {
  if (Row.when == DDI_ALWAYS)
    return {State, nullptr};
  ddi_arg Sure = Row.wait ? Row.wait : Row.timeout;
  int Asked = truthOf(argumentOf(Call, Sure), State);
  bool IsSure = Asked == (Row.wait ? 1 : 0);
  bool OnTrue = Row.when == DDI_IF_TRUE;
  auto Fails = [&]() {
    return Row.when == DDI_UNLESS_ERROR
               ? assumeSigns(State, Result, Call.getResultType(), /*below zero*/ 1)
               : State->assume(Result, !OnTrue);
  };
  // Who does not look at the result knows that the call cannot fail, unless it is
  // plain that it can.
  bool CanFail = !IsSure &&
                 (!isDiscarded(*cast<CallExpr>(Call.getOriginExpr()),
                              *C.getLocationContext()) ||
                  isPlainZero(argumentExpr(Call, Sure), C));
  Outcomes Both{State->assume(Result, OnTrue),
                CanFail ? Fails() : nullptr};
  // A call that failed was not asked to wait.
  auto Wait = argumentOf(Call, Row.wait).getAs<DefinedOrUnknownSVal>();
  if (Both.Failed && Row.wait && Wait && !Wait->isUnknown())
    Both.Failed = Both.Failed->assume(*Wait, false);
  return Both;
}

/// Whether the object of the call is one that the row is about.
/// The old IRQL is a value that the driver gets: a symbol between the bounds that
/// the path knows.
ProgramStateRef Engine::bindOldLevels(const ddi_routine &Row,
                                      const CallEvent &Call, SVal Result,
                                      ProgramStateRef State,
                                      CheckerContext &C) const {
  for (const ddi_effect &Effect : Row.effects) {
    if (Effect.op != DDI_RAISE || !Effect.old)
      continue;
    SVal Old = Result;
    if (Effect.old != DDI_RESULT) {
      const MemRegion *Out = argumentOf(Call, Effect.old).getAsRegion();
      if (!Out)
        continue;
      ASTContext &Context = C.getASTContext();
      Old = compat::conjureOutput(C.getSValBuilder(), Call,
                                  Context.UnsignedCharTy, C.blockCount(), &Row);
      State = State->bindLoc(loc::MemRegionVal(Out), Old,
                             C.getLocationContext());
    }
    State = assumeLevel(State, Old, stateOf(State)->thread.irql);
  }
  return State;
}

/// Whatever it does beside what its routine does: it may write what any function may.
ProgramStateRef Engine::leaveToWrapper(const ddi_routine &Row, const CallEvent &Call,
                                       ProgramStateRef State,
                                       CheckerContext &C) const {
  State = Call.invalidateRegions(C.blockCount(), State);
  if (Row.effects[0].op)
    return State;
  ddi_state After = *stateOf(State);
  escapeArguments(Call, After);
  return keep(State, After);
}

/// What an exchange gives back was in the variable, if that is this path's own.
static bool exchange(const CallEvent &Call, CheckerContext &C) {
  const IdentifierInfo *Callee = Call.getCalleeIdentifier();
  const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  if (!Origin || !Callee || Call.getNumArgs() != 2)
    return false;
  StringRef Name = Callee->getName();
  Name.consume_front("_");
  const MemRegion *To = Call.getArgSVal(0).getAsRegion();
  const auto *Place =
      dyn_cast_or_null<TypedValueRegion>(To ? To->StripCasts() : nullptr);
  if (Name != "InterlockedExchangePointer" || !Place ||
      !isOnStack(loc::MemRegionVal(Place)))
    return false;
  ProgramStateRef State = C.getState();
  SVal Old = State->getSVal(Place);
  if (Old.isUnknownOrUndef())
    return false;
  const LocationContext *Frame = C.getLocationContext();
  C.addTransition(State->BindExpr(Origin, Frame, Old)
                      ->bindLoc(loc::MemRegionVal(Place), Call.getArgSVal(1), Frame));
  return true;
}

bool Engine::evalCall(const CallEvent &Call, CheckerContext &C) const {
  if (exchange(Call, C))
    return true;
  const Known &Called = knownOf(Call);
  const ddi_routine *Row = Called.Row;
  const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  bool IsModelled = Row && Origin && !Row->observed &&
                    (Row->effects[0].op || Row->query || Called.Wrapper);
  if (!IsModelled)
    return false;
  bool IsMeant = isMeant(*Row, Call);
  if (Row->query) {
    answer(*Row, Call, C);
    return true;
  }
  // Whoever hands an object in means one that is there.
  ProgramStateRef State = C.getState();
  for (const ddi_effect &Effect : Row->effects)
    State = assumeThere(argumentOf(Call, Effect.object), State);
  if (Called.Wrapper)
    State = leaveToWrapper(*Row, Call, State, C);
  if (const MemRegion *Out = argumentOf(Call, Row->out).getAsRegion())
    State = State->bindLoc(loc::MemRegionVal(Out), UnknownVal(),
                           C.getLocationContext());
  DefinedOrUnknownSVal Result = UnknownVal();
  if (QualType Type = Call.getResultType(); !Type->isVoidType()) {
    Result = Row->succeeds ? C.getSValBuilder().makeZeroVal(Type)
                           : compat::conjureResult(C.getSValBuilder(), Call,
                                                   C.blockCount());
    State = State->BindExpr(Origin, C.getLocationContext(), Result);
  }

  State = bindOldLevels(*Row, Call, Result, State, C);

  ExplodedNode *Start = C.getPredecessor();
  const std::string Routine = spellCall(Origin, C.getASTContext());
  Outcomes Both = IsMeant ? outcomesOf(*Row, Call, Result, State, C)
                          : Outcomes{State, nullptr};
  auto Apply = [&](ProgramStateRef Outcome, bool IsDone) {
    if (!Outcome)
      return;
    const NoteTag *Failed =
        IsDone ? nullptr
               : C.getNoteTag("'" + Routine + "' fails", /*IsPrunable=*/true);
    Site At{C, C.addTransition(Outcome, Start, Failed), Routine, Origin};
    ddi_reach Reach = ddi_routine_reach(Row, nullptr);
    bool MayCount =
        (Reach.ops & (DDI_ACQUIRE | DDI_RELEASE)) && comparesThread(Outcome);
    if (At.Node && (MayCount || (!IsDone && ddi_may_not_fail(Row)))) {
      ddi_state After = *stateOf(Outcome);
      ddi_havoc(&After, &Reach);
      C.addTransition(keep(Outcome, After), At.Node);
      return;
    }
    for (const ddi_effect &Effect : Row->effects) {
      bool IsAsked = isAskedFor(Effect, Call, Outcome);
      bool Happens = Effect.op == DDI_WAIT ||
                     (IsDone && IsAsked && (IsMeant || !Effect.kind));
      if (!Effect.op || !Happens || !At.Node)
        continue;
      At.Node = Effect.op == DDI_ALLOCATE
                    ? allocate(*Row, Call, Result, At)
                    : happen(At, eventOf(*Row, Effect, Call,
                                         At.Node->getState(), Result));
    }
  };
  Apply(Both.Done, true);
  Apply(Both.Failed, false);
  return true;
}

ExplodedNode *Engine::allocate(const ddi_routine &Row, const CallEvent &Call,
                               SVal Result, Site &At) const {
  ddi_event Event = {};
  Event.call = Row.name;
  Event.op = DDI_ALLOCATE;
  Event.kind = DDI_STORAGE;
  Event.family = Row.family;
  Event.object = Names.storageOf(Result);
  const llvm::APSInt *Pool = argumentOf(Call, Row.pool).getAsInteger();
  uint64_t Bits = Pool ? Pool->getZExtValue() : 0;
  if (Pool && (Bits & Row.paged_mask) == Row.paged_value)
    Event.facts |= DDI_PAGED;
  bool IsZeroed = Row.zeroed && (!Row.unless_zeroed || !Pool ||
                                 !(Bits & Row.unless_zeroed));
  if (IsZeroed)
    Event.facts |= DDI_ZEROED;
  return Event.object.path ? happen(At, Event) : At.Node;
}

/// The thread that the path already knows, or this one from now on.
static ProgramStateRef answerThread(ProgramStateRef State, const CallExpr &Asks,
                                    SVal Result, CheckerContext &C) {
  SymbolRef Known = State->get<DdiCurrentThread>();
  if (!Known)
    return State->set<DdiCurrentThread>(Result.getAsSymbol());
  SValBuilder &Builder = C.getSValBuilder();
  SVal Same = Builder.evalCast(Builder.makeSymbolVal(Known), Asks.getType(),
                               Known->getType());
  return State->BindExpr(&Asks, C.getLocationContext(), Same);
}

/// Splits the path on what a routine answers about it.
void Engine::answer(const ddi_routine &Row, const CallEvent &Call,
                    CheckerContext &C) const {
  const auto *Origin = cast<CallExpr>(Call.getOriginExpr());
  DefinedOrUnknownSVal Result =
      compat::conjureResult(C.getSValBuilder(), Call, C.blockCount());
  ProgramStateRef State =
      C.getState()->BindExpr(Origin, C.getLocationContext(), Result);
  ddi_effect Asked = Row.effects[0];
  ddi_event Event = eventOf(Row, Asked, Call, State);
  Site At{C, C.getPredecessor(), spellCall(Origin, C.getASTContext()), Origin};
  if (Asked.op)
    At.Node = happen(At, Event);
  if (!At.Node)
    return;
  State = At.Node->getState()->BindExpr(Origin, C.getLocationContext(), Result);
  if (Row.query == DDI_CURRENT_THREAD) {
    C.addTransition(answerThread(State, *Origin, Result, C), At.Node);
    return;
  }
  if (Row.query == DDI_CURRENT_IRQL) {
    ddi_state After = *stateOf(State);
    uint32_t Cause = causeAt(Origin->getBeginLoc(), "as '" + At.Routine + "' tells",
                             C.getSourceManager(), /*IsAsked=*/true);
    ddi_ask_level(&After, Names.valueOf(Result), Cause);
    State = assumeLevel(State, Result, After.thread.irql);
    C.addTransition(State->set<DdiState>(intern(After)), At.Node);
    return;
  }
  int Known = ddi_answer(stateOf(State), Row.query, &Event);
  for (bool Answer : {true, false}) {
    if (Known == !Answer)
      continue;
    ProgramStateRef Branch = State->assume(Result, Answer);
    if (!Branch)
      continue;
    ddi_state After = *stateOf(State);
    if (Known < 0)
      ddi_learn(&After, Row.query, &Event, Answer);
    C.addTransition(Branch->set<DdiState>(intern(After)), At.Node);
  }
}

static bool isGlobal(const MemRegion *Base) {
  const auto *Var = dyn_cast_or_null<VarRegion>(Base);
  return Var && Var->getDecl()->hasGlobalStorage();
}

/// A flag that says whether what lies beside it is there goes with it: where a call
/// may have changed the one, it may have changed the other. A call that may change
/// a global may change all.
void Engine::askMemory(SVal Condition, ddi_state &Now) const {
  auto IsDeleted = [](const ddi_object &O) { return O.life == DDI_LIFE_DELETED; };
  if (llvm::none_of(llvm::ArrayRef(Now.objects, Now.count), IsDeleted))
    return;
  for (SymbolRef Part : Condition.symbols()) {
    const auto *Changed = dyn_cast<SymbolDerived>(Part);
    if (!Changed)
      continue;
    const MemRegion *Base = Changed->getRegion()->getBaseRegion();
    ddi_ask_memory(&Now, Names.storageOf(loc::MemRegionVal(Base)).path);
    for (uint32_t I = 0; isGlobal(Base) && I < Now.count; ++I)
      if (isGlobal(Names.variableOf(Now.objects[I].storage)))
        ddi_ask_memory(&Now, Now.objects[I].storage.path);
  }
}

/// What the driver finds out of a level that it asked for, or saved; one that it
/// saved cannot be another than it was then.
ProgramStateRef Engine::evalAssume(ProgramStateRef State, SVal Condition,
                                   bool) const {
  const ddi_state *Before = stateOf(State);
  ddi_state After = *Before;
  ddi_thread &Thread = After.thread;
  askMemory(Condition, After);
  auto IsKnown = [&](uintptr_t Value, ddi_level &Level) {
    SymbolRef Symbol = Value ? Names.symbolOf(Value) : nullptr;
    if (Symbol)
      Level = levelOf(nonloc::SymbolVal(Symbol), State);
    return Symbol != nullptr;
  };
  ddi_level Known;
  if (IsKnown(Thread.irql.value, Known))
    ddi_learn_level(&After, Known.low, Known.high);
  for (int I = 0; I < Thread.saved_count; ++I) {
    ddi_level &Level = Thread.saved[I].level;
    if (Level.assumed || !IsKnown(Thread.saved[I].value, Known))
      continue;
    Level.low = std::max(Level.low, Known.low);
    Level.high = std::min(Level.high, Known.high);
    if (Level.low > Level.high)
      return nullptr;
  }
  const ddi_state *Kept = intern(After);
  return Kept == Before ? State : State->set<DdiState>(Kept);
}

//===----------------------------------------------------------------------===//
// Ways out that differ
//===----------------------------------------------------------------------===//

/// A parameter, a member, or what the system answers that is given
/// nothing.
static bool wasThereBefore(SymbolRef Symbol) {
  const auto *Conjured = dyn_cast<SymbolConjured>(Symbol);
  const auto *Call =
      Conjured ? dyn_cast_or_null<CallExpr>(Conjured->getStmt()) : nullptr;
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return !Conjured ||
         (Callee && Call->getNumArgs() == 0 && isOfTheSystem(*Callee));
}

/// Whether something that was there before the call decides between the two.
/// Then the difference may be meant.
static bool isDecidedByCaller(ProgramStateRef A, ProgramStateRef B) {
  ConstraintMap InB = getConstraintMap(B);
  for (const auto &[Symbol, Range] : getConstraintMap(A)) {
    if (!wasThereBefore(Symbol))
      continue;
    const RangeSet *Other = InB.lookup(Symbol);
    if (!Other)
      continue;
    bool Disjoint = true;
    for (const auto &One : Range)
      for (const auto &Two : *Other)
        Disjoint &= One.To() < Two.From() || Two.To() < One.From();
    if (Disjoint)
      return true;
  }
  return false;
}

static bool hasGivenBack(const ddi_state &State, const ddi_object &Held) {
  for (uint32_t I = 0; I < State.count; ++I)
    if (State.objects[I].kind == Held.kind &&
        State.objects[I].id.path == Held.id.path)
      return State.objects[I].hold == DDI_HOLD_FREE;
  return false;
}

/// Keeps the depth only if the other way out has none; true then.
static bool keepNet(ddi_depth &Depth, const ddi_depth &Other) {
  bool Differs = !Depth.net_unknown && !Other.net_unknown && Depth.net > 0 &&
                 Other.net == 0;
  if (!Differs)
    Depth.net = 0;
  return Differs;
}

/// The same for the IRQL.
static bool keepRaise(ddi_thread &Thread, const ddi_thread &Other) {
  bool Differs = Thread.saved_count > 0 && !Thread.saved_unknown &&
                 Other.saved_count == 0 && !Other.saved_unknown;
  if (!Differs)
    forgetRaise(Thread);
  return Differs;
}

void Engine::compareWaysOut(BugReporter &Reporter) const {
  for (const WayOut &Keeps : WaysOut)
    for (const WayOut &Other : WaysOut) {
      if (Keeps.Result != Other.Result || Keeps.Result == '?')
        continue;
      ddi_state Judged = *Keeps.State;
      bool Differs = keepNet(Judged.thread.critical,
                             Other.State->thread.critical) |
                     keepNet(Judged.thread.guarded,
                             Other.State->thread.guarded) |
                     keepRaise(Judged.thread, Other.State->thread);
      for (uint32_t I = 0; I < Judged.count; ++I) {
        ddi_object &Object = Judged.objects[I];
        if (Object.count > 0 && hasGivenBack(*Other.State, Object))
          Differs = true;
        else
          Object.count = 0;
      }
      if (!Differs || isDecidedByCaller(Keeps.Node->getState(),
                                        Other.Node->getState()))
        continue;
      ddi_event Event = {};
      Event.op = DDI_SIBLING_EXIT;
      Event.facts = driverFacts();
      ddi_violation Found[DDI_MAX_VIOLATIONS];
      unsigned Count =
          ddi_check(&Judged, &Event, Settings.Strictness, Found);
      for (unsigned I = 0; I < Count; ++I) {
        auto Type = Types.find(Found[I].rule);
        if (Type == Types.end())
          continue;
        if (Exploring)
          Exploring->Broken.insert(Found[I].rule->name);
        auto R = std::make_unique<Report>(
            *Type->second,
            fill(Found[I].obligation->error,
                 {"", Found[I].object.path,
                  describe(Judged.thread.irql, &Found[I], *Keeps.Node), ""}),
            Keeps.Node, Found[I], Keeps.Place);
        if (settle(*R, Found[I], /*Elsewhere=*/nullptr))
          Reporter.emitReport(std::move(R));
      }
    }
}

void Engine::checkEndAnalysis(ExplodedGraph &Graph, BugReporter &Reporter,
                              ExprEngine &Eng) const {
  if (!IsMuted)
    compareWaysOut(Reporter);
  WaysOut.clear();
  if (!Exploring)
    return;
  Exploring->Nodes = Graph.size();
  Exploring->IsCut = !Eng.hasEmptyWorkList();
  std::chrono::duration<double> Taken = std::chrono::steady_clock::now() - Begun;
  Exploring->Seconds = Taken.count();
  explorations().push_back(*Exploring);
}

/// What was there before the call decides which ways out may differ, so its
/// constraints stay to the end.
void Engine::checkLiveSymbols(ProgramStateRef State,
                              SymbolReaper &Reaper) const {
  if (SymbolRef Thread = State->get<DdiCurrentThread>())
    Reaper.markLive(Thread);
  if (!Top.comparesWaysOut())
    return;
  for (const auto &[Symbol, Range] : getConstraintMap(State))
    if (wasThereBefore(Symbol))
      Reaper.markLive(Symbol);
}

void Engine::printState(raw_ostream &Out, ProgramStateRef State, const char *NL,
                        const char *) const {
  const ddi_state *Now = stateOf(State);
  Out << "ddi: critical " << Now->thread.critical.net << " guarded "
      << Now->thread.guarded.net << " objects " << Now->count << NL;
}

} // namespace ddi
