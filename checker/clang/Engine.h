//===- Engine.h - The tables along the analyzer's paths -------------------===//
#ifndef DDI_ENGINE_H
#define DDI_ENGINE_H

#include "Entries.h"
#include "Exploration.h"
#include "Objects.h"
#include "Program.h"
#include "Reads.h"
#include "Report.h"
#include "Sal.h"
#include "SehLowering.h"
#include "Suppression.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugType.h"
#include "clang/StaticAnalyzer/Core/Checker.h"
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace ddi {

class LockPlaces;

struct Options {
  unsigned Strictness = DDI_DOCUMENTED;
  bool IsOpenWorld = false;
  /// End the exploration of functions that can reach no routine of the tables.
  /// Only where no other checker wants them.
  bool SkipsOthers = false;
  std::string IndexPath;   // what the other files say; empty: there are none
  std::string ExcerptPath; // or what is known of the driver, for this file
};

/// Asks the core about each event on each path, and reports. The one checker
/// that keeps state: each rule is a name that depends on it.
class Engine
    : public clang::ento::Checker<
          clang::ento::check::ASTDecl<clang::TranslationUnitDecl>,
          clang::ento::check::BeginFunction, clang::ento::check::EndFunction,
          clang::ento::check::PreStmt<clang::CallExpr>,
          clang::ento::check::PreCall, clang::ento::check::PostCall,
          clang::ento::check::PostStmt<clang::DeclStmt>,
          clang::ento::check::PostStmt<clang::BinaryOperator>,
          clang::ento::check::PostStmt<clang::CastExpr>,
          clang::ento::eval::Call, clang::ento::eval::Assume,
          clang::ento::check::LiveSymbols, clang::ento::check::DeadSymbols,
          clang::ento::check::RegionChanges,
          clang::ento::check::EndAnalysis> {
public:
  Options Settings;
  /// What annotations and pragmas say; null if nobody recorded them.
  std::shared_ptr<Sal> Annotations;
  /// Switches a rule on, under the name it goes by.
  void enableRule(const ddi_rule &Rule, clang::ento::CheckerNameRef Name) {
    Types[&Rule] = std::make_unique<clang::ento::BugType>(
        Name, Rule.summary, Category);
  }

  void checkASTDecl(const clang::TranslationUnitDecl *Unit,
                    clang::ento::AnalysisManager &Manager,
                    clang::ento::BugReporter &Reporter) const;
  void checkBeginFunction(clang::ento::CheckerContext &C) const;
  void checkEndFunction(const clang::ReturnStmt *Return,
                        clang::ento::CheckerContext &C) const;
  void checkPreStmt(const clang::CallExpr *Call,
                    clang::ento::CheckerContext &C) const;
  void checkPreCall(const clang::ento::CallEvent &Call,
                    clang::ento::CheckerContext &C) const;
  void checkPostCall(const clang::ento::CallEvent &Call,
                     clang::ento::CheckerContext &C) const;
  void checkPostStmt(const clang::DeclStmt *Decl,
                     clang::ento::CheckerContext &C) const;
  void checkPostStmt(const clang::CastExpr *Cast,
                     clang::ento::CheckerContext &C) const;
  void checkPostStmt(const clang::BinaryOperator *Op,
                     clang::ento::CheckerContext &C) const;
  bool evalCall(const clang::ento::CallEvent &Call,
                clang::ento::CheckerContext &C) const;
  clang::ento::ProgramStateRef evalAssume(clang::ento::ProgramStateRef State,
                                          clang::ento::SVal Condition,
                                          bool Assumption) const;
  void checkLiveSymbols(clang::ento::ProgramStateRef State,
                        clang::ento::SymbolReaper &Reaper) const;
  void checkDeadSymbols(clang::ento::SymbolReaper &Reaper,
                        clang::ento::CheckerContext &C) const;
  clang::ento::ProgramStateRef checkRegionChanges(
      clang::ento::ProgramStateRef State,
      const clang::ento::InvalidatedSymbols *Invalidated,
      llvm::ArrayRef<const clang::ento::MemRegion *> Explicit,
      llvm::ArrayRef<const clang::ento::MemRegion *> Regions,
      const clang::LocationContext *Frame,
      const clang::ento::CallEvent *Call) const;
  void checkEndAnalysis(clang::ento::ExplodedGraph &Graph,
                        clang::ento::BugReporter &Reporter,
                        clang::ento::ExprEngine &Eng) const;
  void printState(clang::raw_ostream &Out, clang::ento::ProgramStateRef State,
                  const char *NL, const char *Sep) const override;

private:
  /// Two locks, and who has them the other way round.
  struct Inversion {
    Order Is;
    ddi_id Held;
    uintptr_t Acquired; // ddi_id.path
    const KnownOrder *Other;
  };
  /// One path at one call: where events happen.
  struct Site {
    clang::ento::CheckerContext &C;
    clang::ento::ExplodedNode *Node;
    std::string Routine; // as the user wrote it; empty where there is no call
    const clang::CallExpr *Origin; // or null
    clang::ento::PathDiagnosticLocation Place = {}; // if not that of the node
    std::string Bound = {}; // what the routine allows, and who says so
    const Spot *Elsewhere = nullptr; // the place, in what is not looked into
    unsigned Number = 0;             // of the event there
    const Inversion *Inverts = nullptr; // what is found is an order of locks
  };
  /// A way out of a function whose callers are not known.
  struct WayOut {
    clang::ento::ExplodedNode *Node;
    clang::ento::PathDiagnosticLocation Place;
    const ddi_state *State;
    char Result; // '0', '1' or '?'; '-' without one
  };

  Program solveDriver(clang::ASTContext &Context, Program Said) const;
  bool isRelevant(const clang::FunctionDecl &Function) const;
  /// What a routine allows at a call, and who says so.
  struct Bound {
    ddi_level Level = ddi_any_level();
    std::string Source;
  };

  // What annotations say (EngineContracts.cpp).
  const Contract &contractOf(const clang::ento::CallEvent &Call) const;
  void narrowByContract(const Contract &Says,
                        const clang::ento::CallEvent &Call,
                        clang::ento::ProgramStateRef State, Bound &Into) const;
  void demandLocks(const Contract &Says, const clang::ento::CallEvent &Call,
                   Site &At) const;
  bool hasEffects(const Contract &Says) const;
  void followContract(const Contract &Says, const clang::ento::CallEvent &Call,
                      clang::ento::ExplodedNode &Start,
                      clang::ento::CheckerContext &C) const;
  void applyClauses(const Contract &Says, const clang::ento::CallEvent &Call,
                    Site &At) const;
  void judgeContract(const clang::FunctionDecl &Function, Site &At) const;
  bool isDeclared(const ddi_object &Object, const Contract &Says,
                  const clang::FunctionDecl &Function, Site &At) const;
  int holds(const Condition &Asked, const clang::ento::CallEvent &Call,
            clang::ento::ProgramStateRef State) const;
  bool applies(const Clause &C, const clang::ento::CallEvent &Call,
               clang::ento::ProgramStateRef State) const;
  ddi_kind kindOfLock(clang::QualType Type, const ddi_id &Lock,
                      const ddi_state &Now) const;
  ddi_event lockEvent(ddi_op Op, const Clause &C,
                      const clang::ento::CallEvent &Call,
                      clang::ento::ProgramStateRef State) const;
  ddi_event levelEvent(ddi_op Op, const Subject &Where,
                       const clang::ento::CallEvent &Call,
                       clang::ento::ProgramStateRef State) const;

  // What is not looked into (EngineCalls.cpp).
  class Replay;
  const Summary *summaryOf(const clang::ento::CallEvent &Call) const;
  void replay(const Summary &Known, const clang::ento::CallEvent &Call,
              clang::ento::ExplodedNode &Start,
              clang::ento::CheckerContext &C) const;
  ddi_reach reachOf(const clang::ento::CallEvent &Call) const;
  clang::FileID otherFile(const std::string &Name,
                          clang::SourceManager &SM) const;
  clang::ento::PathDiagnosticLocation
  locate(const Spot &Place, const clang::SourceManager &SM) const;
  std::optional<Suppression>
  suppressionAt(const Spot &Place, llvm::StringRef Rule, unsigned Warning,
                const clang::SourceManager &SM) const;
  clang::ento::ExplodedNode *tellChain(const ddi::Function &F,
                                       clang::ento::ExplodedNode *Node,
                                       clang::ento::CheckerContext &C) const;

  void askMemory(clang::ento::SVal Condition, ddi_state &Now) const;
  void judgeLevelAtExit(Site &At) const;
  void judgeExit(Site &At, ddi_state Judged) const;
  const ddi::Function *programmed(const clang::FunctionDecl *Callee) const;
  bool mayBePagedOut(const clang::FunctionDecl *Callee) const;
  clang::ento::ExplodedNode *runPaged(Site &At, bool GoesOn) const;
  std::vector<clang::SourceLocation>
  placesOf(const clang::ento::PathSensitiveBugReport &Found,
           const ddi_obligation &Owed) const;
  bool settle(Report &R, const ddi_violation &Found,
              const Spot *Elsewhere) const;
  /// What the tables say of a routine.
  struct Known {
    const ddi_routine *Row = nullptr;
    const ddi_published *Published = nullptr;
    const ddi_wrapper *Wrapper = nullptr; // of which the tables know by the user
  };
  const Known &knownOf(const clang::ento::CallEvent &Call) const;
  const ddi_routine *rowOf(const clang::ento::CallEvent &Call) const;
  Bound boundOf(const Known &Called, const clang::ento::CallEvent &Call,
                clang::ento::ProgramStateRef State) const;
  /// Where an IRQL comes from.
  struct Cause {
    std::string Text; // for the reader
    bool IsAsked;     // the driver found out by a question
  };
  uint32_t causeAt(clang::SourceLocation Place, const std::string &Text,
                   const clang::SourceManager &SM, bool IsAsked = false) const;
  // What follows from asking for the IRQL (EngineGuards.cpp).
  std::optional<clang::BlockEdge>
  lastGuard(const clang::ento::ExplodedNode &Node) const;
  bool isGuarded(const clang::ento::ExplodedNode &Node) const;
  /// On the path of that node.
  std::string describe(const ddi_level &Level, const ddi_violation *Why,
                       const clang::ento::ExplodedNode &At) const;
  ddi_fact_set driverFacts() const;
  static std::string spellBound(const ddi_level &Level,
                                const std::string &Source);

  // In which order locks are acquired (EngineOrder.cpp).
  void beginOrders(clang::ASTContext &Context) const;
  void noteLock(const ddi_id &Lock, clang::ento::SVal Address,
                clang::ento::SVal Tag = clang::ento::UndefinedVal()) const;
  std::vector<Inversion> inversionsAt(clang::ento::ProgramStateRef State,
                                      const ddi_event &Event,
                                      const ddi_state &Now) const;
  void judgeOrder(const Site &At, const ddi_event &Event,
                  const ddi_state &Now) const;
  void reportOrder(Site At, const ddi_event &Event, const Inversion &Found) const;
  void tellInversion(const Inversion &Found, Report &R,
                     const clang::SourceManager &SM) const;

  // What a path knows, for the reader (EngineStates.cpp).
  StateTeller stateTeller() const;
  std::string tell(const ddi_state &Known) const;

  // Paths that go on as one (EngineMeets.cpp).
  class Outlook;
  void notePlace(const clang::ento::MemRegion *Region) const;

  static unsigned entryOf(clang::ento::ProgramStateRef State);
  /// What a routine gave out as the current thread; or null.
  static clang::ento::SymbolRef threadOf(clang::ento::ProgramStateRef State);
  const ddi_state *intern(const ddi_state &State) const;
  const ddi_state *stateOf(clang::ento::ProgramStateRef State) const;
  clang::ento::ProgramStateRef keep(clang::ento::ProgramStateRef State,
                                    const ddi_state &Now) const;

  ddi_id fixedObject(const char *Name) const;
  ddi_id heldObject(const ddi_held &Held, const clang::FunctionDecl *Function,
                    clang::ento::CheckerContext &C) const;
  ddi_event eventOf(const ddi_routine &Row, const ddi_effect &Effect,
                    const clang::ento::CallEvent &Call,
                    clang::ento::ProgramStateRef State,
                    clang::ento::SVal Result = clang::ento::UnknownVal()) const;
  bool isAskedFor(const ddi_effect &Effect, const clang::ento::CallEvent &Call,
                  clang::ento::ProgramStateRef State) const;
  void readLevel(const ddi_effect &Effect, const clang::ento::CallEvent &Call,
                 clang::ento::ProgramStateRef State, clang::ento::SVal Result,
                 ddi_event &Event) const;
  clang::ento::ProgramStateRef
  leaveToWrapper(const ddi_routine &Row, const clang::ento::CallEvent &Call,
                 clang::ento::ProgramStateRef State,
                 clang::ento::CheckerContext &C) const;
  void escapeArguments(const clang::ento::CallEvent &Call, ddi_state &Now) const;
  void followCall(const clang::ento::CallEvent &Call,
                  clang::ento::CheckerContext &C) const;
  clang::ento::ExplodedNode *happen(Site &At, const ddi_event &Event) const;
  const clang::ProgramPointTag *noteOf(const Site &At, const ddi_event &Event,
                                             const ddi_state &After) const;
  void report(Site &At, const ddi_event &Event,
              const ddi_violation &Violation) const;
  clang::ento::ExplodedNode *allocate(const ddi_routine &Row,
                                      const clang::ento::CallEvent &Call,
                                      clang::ento::SVal Result,
                                      Site &At) const;
  clang::ento::ProgramStateRef
  bindOldLevels(const ddi_routine &Row, const clang::ento::CallEvent &Call,
                clang::ento::SVal Result, clang::ento::ProgramStateRef State,
                clang::ento::CheckerContext &C) const;
  void answer(const ddi_routine &Row, const clang::ento::CallEvent &Call,
              clang::ento::CheckerContext &C) const;
  void compareWaysOut(clang::ento::BugReporter &Reporter) const;
  /// What stands for the places in a sentence of the tables.
  struct Words {
    std::string Routine;
    uintptr_t Object = 0;
    std::string Level, Bound;
    uintptr_t Acquired = 0; // of two locks
    std::string Reverse = {}; // who has them the other way round
  };
  std::string fill(const char *Text, const Words &With) const;

  std::map<const ddi_rule *, std::unique_ptr<clang::ento::BugType>> Types;
  mutable Program Whole;
  mutable SehJumps Jumps;
  mutable Objects Names;
  mutable std::map<uintptr_t, std::string> Spellings; // by path
  mutable std::shared_ptr<LockPlaces> Locks; // null: nobody asks
  mutable llvm::DenseMap<const clang::FunctionDecl *, Known> Routines;
  mutable llvm::DenseMap<const clang::FunctionDecl *, const ddi::Function *>
      Programmed;
  mutable std::vector<Cause> Causes;
  mutable llvm::DenseMap<clang::SourceLocation, uint32_t> CauseNumbers;
  mutable llvm::StringMap<clang::FileID> OtherFiles; // invalid: not to be read
  mutable unsigned Replayed = 0; // events
  struct ByBytes {
    bool operator()(const ddi_state *A, const ddi_state *B) const;
  };
  mutable std::set<const ddi_state *, ByBytes> States;
  mutable std::vector<std::unique_ptr<ddi_state>> Storage;
  mutable Entry Top; // of Entries, the first: in what is not judged by role
  mutable std::vector<Entry> Entries;
  mutable bool IsMuted = false; // its callers have shown what it can do
  mutable std::set<const clang::Decl *> Inlined;
  mutable std::set<std::pair<const ddi_rule *, clang::SourceLocation>> Reported;
  mutable std::vector<WayOut> WaysOut;
  mutable Reads Read;
  mutable std::vector<const clang::ento::TypedValueRegion *> Places; // written
  mutable llvm::DenseSet<const clang::ento::TypedValueRegion *> KnownPlaces;
  mutable std::set<llvm::FoldingSetNodeID> Outlooks;
  mutable std::optional<Exploration> Exploring; // if the function is explored
  mutable std::chrono::steady_clock::time_point Begun;
};

/// Whether the value is surely the id of another thread than this one.
bool isOtherThread(clang::ento::SVal Id, bool IsEntryKnown);

} // namespace ddi

#endif
