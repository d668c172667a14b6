//===- Solver.cpp - What of a program is not proved clean -----------------===//

#include "Solver.h"
#include "Entries.h"
#include "ddi_solve.h"
#include <algorithm>
#include <cstring>
#include <tuple>

namespace ddi {
namespace {

/// The analyzer looks into no larger function where it is called.
constexpr uint32_t MaxInlinedBlocks = 100;

bool isOn(const ddi_rule *Rule, void *Context) {
  return static_cast<const SolverOptions *>(Context)->IsOn(*Rule);
}

/// The solver's problem, and what it points to.
class Problem {
public:
  Problem(const Program &Whole, const ddi_names &Names,
          const SolverOptions &Options)
      : Whole(Whole), Names(Names), Options(Options) {}

  void add(const Sketched &S);
  ddi_problem get();
  const ddi_function &at(uint32_t Index) const { return Functions[Index]; }

private:
  const Program &Whole;
  const ddi_names &Names;
  const SolverOptions &Options;
  std::vector<ddi_function> Functions;
  std::vector<std::vector<ddi_entry>> Entries;

  std::vector<ddi_entry> entries(const Function *F,
                                 const std::string &Name) const;
};

/// Of what is judged where it is called there are none.
std::vector<ddi_entry> Problem::entries(const Function *F,
                                        const std::string &Name) const {
  bool IsOfItself = !F || !F->Roles.empty() || F->Declared.IsThere ||
                    !F->IsCalled || F->IsAddressTaken || Options.IsOpenWorld;
  std::vector<ddi_entry> All;
  if (!IsOfItself)
    return All;
  for (const Entry &From : entriesOf(F, Name, Whole, Options.IsOpenWorld)) {
    ddi_entry Into = {};
    Into.context = From.Context;
    Into.is_role = From.IsRole;
    Into.is_judged_at_exit = From.IsJudgedAtExit;
    Into.keeps_level = From.IsRole && !From.MayChangeLevel;
    All.push_back(Into);
  }
  return All;
}

void Problem::add(const Sketched &S) {
  std::string Text = ddi_names_text(&Names, S.Name);
  const Function *F = Whole.find(Text);
  ddi_function Into = {};
  Into.name = S.Name;
  Into.body = S.Body;
  Into.unit = S.Unit;
  Into.is_large = S.Body && S.Body->block_count > MaxInlinedBlocks;
  if (F) {
    Into.reach = F->Reach;
    Into.is_paged = F->IsPaged;
    Into.may_be_paged = F->IsPaged || F->SaysPaged;
    Into.has_promises = F->Declared.IsThere;
    Into.promises_change = F->Declared.HasEffects;
    Into.is_summarized = Into.reach.ops != 0 || Into.reach.levels != 0;
    Into.is_judged_alone = !F->IsCalledHere;
    Into.is_called_here = F->IsCalledHere;
    Into.stays_inside = F->StaysInside && !Options.IsOpenWorld;
    if (F->IsAddressTaken)
      Into.signature = ddi_names_find(&Names, F->Signature.data(),
                                      F->Signature.size());
  }
  Functions.push_back(Into);
  bool IsFollowed = S.Body && S.Body->block_count;
  Entries.push_back(IsFollowed ? entries(F, Text) : std::vector<ddi_entry>());
  Functions.back().is_judged_alone &= Entries.back().empty();
}

ddi_problem Problem::get() {
  for (size_t I = 0; I < Functions.size(); ++I) {
    Functions[I].entries = Entries[I].data();
    Functions[I].entry_count = uint32_t(Entries[I].size());
  }
  ddi_problem P = {};
  P.functions = Functions.data();
  P.count = Functions.size();
  P.names = &Names;
  P.strictness = Options.Strictness;
  P.driver = Whole.driverFacts();
  P.is_on = isOn;
  P.context = const_cast<SolverOptions *>(&Options);
  return P;
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// What the solver's numbers stand for.
struct Reader {
  const Problem &Asked;
  const Program &Whole;
  const ddi_names &Names;
  const SolverOptions &Options;

  std::string text(ddi_name Name) const { return ddi_names_text(&Names, Name); }
  std::string nameOf(uint32_t Function) const {
    return text(Asked.at(Function).name);
  }

  /// As the user calls it.
  std::string spell(uint32_t Function) const {
    std::string Name = nameOf(Function);
    const ddi::Function *F = Whole.find(Name);
    return F && !F->Spelling.empty() ? F->Spelling
                                     : Name.substr(0, Name.find('@'));
  }

  /// Those that are on, of the ones that are marked; null: all.
  std::set<std::string> rulesOf(const bool *Marks) const {
    std::set<std::string> All;
    for (size_t I = 0; ddi_rules[I]; ++I)
      if ((!Marks || Marks[I]) && Options.IsOn(*ddi_rules[I]))
        All.insert(ddi_rules[I]->name);
    return All;
  }

  /// No file: where the function returns.
  Spot placeOf(uint32_t Function, uint32_t Action) const {
    Spot Place;
    const ddi_function &F = Asked.at(Function);
    if (Action == DDI_NONE)
      return Place;
    const ddi_action &At = F.body->actions[Action];
    Place.File = text(At.file);
    if (Options.Resolve)
      Place.File = Options.Resolve(Place.File, F.unit);
    Place.Line = At.line;
    Place.Column = At.column;
    return Place;
  }

  Where lineOf(uint32_t Function, uint32_t Action) const {
    Spot Place = placeOf(Function, Action);
    return {Place.File, Place.Line};
  }
};

//===----------------------------------------------------------------------===//
// Summaries
//===----------------------------------------------------------------------===//

/// What only the function itself can be sure of: the caller looks anew.
constexpr ddi_fact_set Doubtful = DDI_ON_STACK | DDI_OWNER_ON_STACK |
                                  DDI_OTHER_THREAD | DDI_UNINITIALIZED |
                                  DDI_UNKNOWN_FLAGS;

/// Whether the argument of the call is a number, and not zero.
bool isSurely(const ddi_body &Body, const ddi_action &Call, ddi_arg Arg,
              bool IsZero) {
  if (!Arg || unsigned(Arg) > Call.count)
    return false;
  const ddi_value &V = Body.values[Body.arguments[Call.first + Arg - 1]];
  return V.kind == DDI_VALUE_NUMBER && (V.number == 0) == IsZero;
}

class Summarizer {
public:
  Summarizer(const Reader &Read, const ddi_solution &Solution)
      : Read(Read), Solution(Solution) {}

  /// Nothing if the solver lost its way, or has found no way out.
  std::optional<Summary> read(const ddi_summary &From);

private:
  const Reader &Read;
  const ddi_solution &Solution;
  Summary Into;
  std::map<ddi_term, int64_t> Terms;

  int64_t term(ddi_term Term);
  const ddi_trail &lastOf(uint32_t Trail) const;
  int64_t trail(uint32_t From);
  int64_t change(const ddi_change &From, uint32_t Trail);
  void addCell(const ddi_summary &From, unsigned Sign);
  bool isCertain(const ddi_demand &From) const;
  void addDemand(const ddi_demand &From);
  Summary::LockUse lockUse(const ddi_lock_use &From);
  bool isAsked(const ddi_acquisition &From) const;
};

template <class T> int64_t indexOf(std::vector<T> &All, T One) {
  auto It = std::find(All.begin(), All.end(), One);
  if (It == All.end())
    It = All.insert(It, std::move(One));
  return It - All.begin();
}

int64_t Summarizer::term(ddi_term Term) {
  if (!Term)
    return 0;
  if (auto It = Terms.find(Term); It != Terms.end())
    return It->second;
  const ddi_value &V = *ddi_solution_value(&Solution, Term);
  Summary::Term T;
  T.Kind = V.kind;
  T.Number = V.number;
  T.Name = Read.text(V.name);
  switch (int(V.kind)) {
  case DDI_VALUE_ELEMENT:
  case DDI_VALUE_COMPARE:
  case DDI_VALUE_AND:
    T.Other = term(V.other);
    [[fallthrough]];
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_LOAD:
  case DDI_VALUE_TAGGED:
    T.Base = term(V.base);
    break;
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_RESULT:
  case DDI_TERM_OUTPUT:
  case DDI_TERM_INNER:
  case DDI_TERM_JOIN:
    // Only which one it is, and that by no number of the whole driver's.
    T.Number = int64_t(Into.Terms.size());
    break;
  default:
    break;
  }
  Into.Terms.push_back(T);
  return Terms[Term] = int64_t(Into.Terms.size() - 1);
}

const ddi_trail &Summarizer::lastOf(uint32_t Trail) const {
  while (Solution.trails[Trail].next)
    Trail = Solution.trails[Trail].next;
  return Solution.trails[Trail];
}

int64_t Summarizer::trail(uint32_t From) {
  Summary::Trail T;
  for (const ddi_trail *At = &Solution.trails[From];; At = &Solution.trails[At->next]) {
    Spot Place = Read.placeOf(At->function, At->action);
    if (At->next) {
      T.Calls.push_back(
          {Read.spell(Solution.trails[At->next].function), Place});
      continue;
    }
    if (At->action == DDI_NONE) { // all of the function is meant
      if (!T.Calls.empty()) {
        T.Routine = T.Calls.back().Text;
        T.At = T.Calls.back().At;
        T.Calls.pop_back();
      }
      break;
    }
    const ddi_action &Does = Read.Asked.at(At->function).body->actions[At->action];
    T.Routine = Read.text(Does.written ? Does.written : Does.name);
    T.At = Place;
    break;
  }
  return indexOf(Into.Trails, std::move(T));
}

int64_t Summarizer::change(const ddi_change &From, uint32_t Trail) {
  Summary::Change C;
  C.Op = From.op;
  C.Kind = From.kind;
  C.Mode = From.mode;
  C.Family = From.family;
  C.Form = From.form;
  ddi_fact_set Facts = From.facts & ~Doubtful;
  const ddi_trail &Last = lastOf(Trail);
  if ((Facts & DDI_WAITS) && Last.action != DDI_NONE) {
    const ddi_body &Body = *Read.Asked.at(Last.function).body;
    const ddi_action &Call = Body.actions[Last.action];
    const ddi_routine *Row = ddi_find_routine(Read.text(Call.name).c_str());
    if (Row && Row->wait && !isSurely(Body, Call, Row->wait, /*IsZero=*/false))
      Facts &= ~DDI_WAITS;
  }
  C.Facts = int64_t(Facts);
  C.Low = From.level.low;
  C.High = From.level.high;
  C.Object = term(From.object);
  C.Owner = term(From.owner);
  C.Value = term(From.value);
  C.Keeper = term(From.keeper);
  C.Trail = trail(Trail);
  Into.Changes.push_back(C);
  return int64_t(Into.Changes.size() - 1);
}

bool isAlike(const ddi_change &A, const ddi_change &B) {
  return !std::memcmp(&A, &B, sizeof A);
}

bool has(const ddi_way_out &Way, const ddi_change &Asked) {
  return std::any_of(Way.changes, Way.changes + Way.change_count,
                     [&](const ddi_change &C) { return isAlike(C, Asked); });
}

/// What the ways have in common happens; what some of them do may happen. Cells
/// that are alike become one way.
void Summarizer::addCell(const ddi_summary &From, unsigned Sign) {
  std::vector<const ddi_way_out *> Ways;
  for (uint32_t I = 0; I < From.way_count; ++I)
    if (From.ways[I].signs & Sign)
      Ways.push_back(&From.ways[I]);
  if (Ways.empty())
    return;
  std::vector<const ddi_change *> Sure, Unsure;
  std::vector<uint32_t> SureTrails, UnsureTrails;
  bool HasOneResult = true;
  for (const ddi_way_out *Way : Ways) {
    HasOneResult &= Way->result == Ways[0]->result;
    for (uint32_t I = 0; I < Way->change_count; ++I) {
      const ddi_change &C = Way->changes[I];
      bool IsSure = std::all_of(
          Ways.begin(), Ways.end(),
          [&](const ddi_way_out *Other) { return has(*Other, C); });
      if (IsSure && Way != Ways[0])
        continue;
      bool IsKnown = !IsSure && std::any_of(Unsure.begin(), Unsure.end(),
                                            [&](const ddi_change *Known) {
                                              return isAlike(*Known, C);
                                            });
      if (IsKnown)
        continue;
      (IsSure ? Sure : Unsure).push_back(&C);
      (IsSure ? SureTrails : UnsureTrails).push_back(Way->trails[I]);
    }
  }
  Summary::WayOut Way;
  Way.Signs = Sign;
  Way.Result = HasOneResult ? term(Ways[0]->result) : 0;
  auto Number = [&](const ddi_change &C, uint32_t Trail) {
    size_t Before = Into.Changes.size();
    int64_t New = change(C, Trail);
    for (size_t I = 0; I < Before; ++I) {
      const Summary::Change &A = Into.Changes[I], &B = Into.Changes.back();
      if (std::tie(A.Op, A.Kind, A.Mode, A.Family, A.Form, A.Facts, A.Low, A.High,
                   A.Object, A.Owner, A.Value, A.Keeper, A.Trail) ==
          std::tie(B.Op, B.Kind, B.Mode, B.Family, B.Form, B.Facts, B.Low, B.High,
                   B.Object, B.Owner, B.Value, B.Keeper, B.Trail)) {
        Into.Changes.pop_back();
        return int64_t(I);
      }
    }
    return New;
  };
  for (size_t I = 0; I < Sure.size(); ++I)
    Way.Changes.push_back(Number(*Sure[I], SureTrails[I]));
  for (size_t I = 0; I < Unsure.size(); ++I)
    Way.Unsure.push_back(Number(*Unsure[I], UnsureTrails[I]));
  for (Summary::WayOut &Known : Into.Ways)
    if (Known.Changes == Way.Changes && Known.Unsure == Way.Unsure &&
        Known.Result == Way.Result) {
      Known.Signs |= Sign;
      return;
    }
  Into.Ways.push_back(std::move(Way));
}

/// What the solver takes for demanded if it does not know better may not be.
bool Summarizer::isCertain(const ddi_demand &From) const {
  const ddi_trail &Last = lastOf(From.trail);
  if (From.op != DDI_CALL)
    return Last.action != DDI_NONE || Solution.trails[From.trail].next;
  const ddi_body &Body = *Read.Asked.at(Last.function).body;
  const ddi_action &Call = Body.actions[Last.action];
  std::string Name = Read.text(From.call);
  if (const ddi_routine *Row = ddi_find_routine(Name.c_str()))
    for (const ddi_bound &Bound : Row->bounds) {
      bool IsIt = Bound.min == From.bound.low && Bound.max == From.bound.high;
      if (IsIt && Bound.when == DDI_IF_NONZERO)
        return isSurely(Body, Call, Bound.arg, /*IsZero=*/false);
      if (IsIt && Bound.when == DDI_IF_WAITING)
        return isSurely(Body, Call, Bound.arg, /*IsZero=*/true);
    }
  if (ddi_find_published(Name.c_str()) ||
      ddi_find_published(Read.text(From.written).c_str()))
    return true;
  // By an annotation, which may have a condition.
  const Function *F = Read.Whole.find(Name);
  return F && F->Declared.IsThere && !F->Declared.Text.empty() &&
         F->Declared.Low == From.bound.low && F->Declared.High == From.bound.high;
}

void Summarizer::addDemand(const ddi_demand &From) {
  if (!isCertain(From))
    return;
  Summary::Demand D;
  D.Op = From.op;
  D.Facts = int64_t(From.facts);
  D.Low = From.bound.low;
  D.High = From.bound.high;
  D.From = From.level.low;
  D.To = From.level.high;
  D.Call = Read.text(From.call);
  D.Written = Read.text(From.written);
  D.Trail = trail(From.trail);
  D.Signs.assign(From.signs, From.signs + DDI_MAX_DEMAND_ARGUMENTS);
  Into.Demands.push_back(std::move(D));
}

Summary::LockUse Summarizer::lockUse(const ddi_lock_use &From) {
  return {From.op, From.kind, From.mode, term(From.object), trail(From.trail)};
}

/// Where no order is a deadlock nobody asks. A caller may know a longer way.
bool Summarizer::isAsked(const ddi_acquisition &From) const {
  const std::vector<KnownOrder> &Orders = Read.Whole.Orders;
  std::string Place = ddi_names_text(Solution.places, From.place);
  return llvm::any_of(Orders, [&](const KnownOrder &Each) {
    return Place.empty() ||
           ddi_may_be_one_place(Each.Is.Acquired.c_str(), Place.c_str());
  });
}

std::optional<Summary> Summarizer::read(const ddi_summary &From) {
  Into = Summary();
  Into.Terms.emplace_back();
  Terms.clear();
  if (From.is_unknown || !From.way_count)
    return std::nullopt;
  for (uint32_t I = 0; I < From.way_count; ++I)
    for (uint32_t J = 0; J < From.ways[I].change_count; ++J)
      if (!From.ways[I].changes[J].op)
        return std::nullopt; // more than can be told
  for (unsigned Sign : {1, 2, 4})
    addCell(From, Sign);
  for (uint32_t I = 0; I < From.demand_count; ++I)
    addDemand(From.demands[I]);
  for (uint32_t I = 0; I < From.acquisition_count; ++I) {
    const ddi_acquisition &L = From.acquisitions[I];
    if (!isAsked(L))
      continue;
    Summary::Acquisition A;
    A.Lock = lockUse(L.lock);
    for (uint32_t J = 0; J < L.count; ++J)
      A.Before.push_back(lockUse(L.before[J]));
    A.Signs.assign(L.signs, L.signs + DDI_MAX_DEMAND_ARGUMENTS);
    Into.Acquisitions.push_back(std::move(A));
  }
  return Into.Ways.empty() ? std::nullopt : std::optional<Summary>(Into);
}

/// Behind the last '@' there is a file. The names that Microsoft's compiler gives to
/// functions of C++ have that sign, too.
bool isOfOneFile(llvm::StringRef Name) {
  return Name.contains('@') && Name.rsplit('@').second.contains('.');
}

void summarize(Program &Whole, const Reader &Read, const ddi_solution &Solution) {
  for (size_t I = 0; I < Solution.summary_count; ++I) {
    const ddi_summary &From = Solution.summaries[I];
    std::string Name = Read.nameOf(From.function);
    bool IsOfOneFile = isOfOneFile(Name);
    auto It = Whole.functions().find(Name);
    // What one file alone calls, the analyzer looks into.
    if (It == Whole.functions().end() ||
        (IsOfOneFile && !Read.Asked.at(From.function).is_large))
      continue;
    It->second.Summary = Summarizer(Read, Solution).read(From);
  }
}

//===----------------------------------------------------------------------===//
// Orders of locks
//===----------------------------------------------------------------------===//

/// Of two locks, so many places in one order are looked at.
constexpr size_t MostOfOneOrder = 8;

Order readOrder(const ddi_order &From, const ddi_names &Places) {
  auto Text = [&](ddi_name Place) -> std::string {
    return Place == DDI_ANY_GATE ? "" : ddi_names_text(&Places, Place);
  };
  Order Into{Text(From.held), Text(From.acquired), From.holds_shared,
             From.acquires_shared, {}};
  for (ddi_name Gate : From.gates)
    if (Gate)
      Into.Gates.push_back(Text(Gate));
  return Into;
}

/// Those that are a deadlock are known to all; who enters there has to be explored,
/// and looks into the rest by its summaries.
void addOrders(Program &Whole, const Reader &Read, const ddi_solution &Solution) {
  struct Found {
    KnownOrder Is;
    Candidate C;
    uint32_t Unit;
  };
  const ddi_rule *Rule = nullptr;
  std::vector<Found> All;
  if (!ddi_find_order_rule(&Rule))
    return;
  for (size_t I = 0; I < Solution.order_count; ++I) {
    const ddi_found_order &From = Solution.orders[I];
    Found Into;
    Into.C.Function = Read.nameOf(From.function);
    Into.C.Rule = Rule->name;
    Into.C.Explore = {Into.C.Function};
    const ddi_trail *Last = &Solution.trails[From.waits];
    for (; Last->next; Last = &Solution.trails[Last->next])
      Into.C.Calls.push_back(Read.lineOf(Last->function, Last->action));
    Into.C.In = Read.nameOf(Last->function);
    Into.C.At = Read.lineOf(Last->function, Last->action);
    Into.Is = {readOrder(From.order, *Solution.places),
               Read.spell(Last->function),
               Read.placeOf(Last->function, Last->action)};
    Into.Unit = Read.Asked.at(From.function).unit;
    All.push_back(std::move(Into));
  }
  auto Key = [](const Found &F) {
    const Spot &At = F.Is.At;
    return std::tie(At.File, At.Line, At.Column, F.C.Function);
  };
  llvm::stable_sort(
      All, [&](const Found &A, const Found &B) { return Key(A) < Key(B); });
  std::map<std::pair<std::string, std::string>, size_t> Counts;
  for (Found &Each : All) {
    if (Counts[{Each.Is.Is.Held, Each.Is.Is.Acquired}]++ >= MostOfOneOrder)
      continue;
    Whole.Orders.push_back(std::move(Each.Is));
    Whole.UnitsToExplore.insert(Each.Unit);
    Whole.Candidates->push_back(std::move(Each.C));
  }
}

//===----------------------------------------------------------------------===//
// Chains of calls
//===----------------------------------------------------------------------===//

/// For each function that has to be explored and is no entry point, the shortest
/// chain of calls from one.
void findChains(Program &Whole, const Reader &Read, size_t Count) {
  std::map<ddi_name, uint32_t> ByName;
  for (uint32_t I = 0; I < Count; ++I)
    ByName.emplace(Read.Asked.at(I).name, I);
  struct Link {
    bool IsKnown = false;
    uint32_t From = DDI_NONE, Action = DDI_NONE; // none: an entry point
  };
  std::vector<Link> Links(Count);
  std::vector<uint32_t> Queue;
  for (uint32_t I = 0; I < Count; ++I) {
    const ddi_function &F = Read.Asked.at(I);
    bool IsEntry = F.body && F.entry_count && F.entries[0].context.known;
    if (!IsEntry)
      continue;
    Links[I].IsKnown = true;
    Queue.push_back(I);
  }
  for (size_t Next = 0; Next < Queue.size(); ++Next) {
    const ddi_body *Body = Read.Asked.at(Queue[Next]).body;
    for (uint32_t A = 0; Body && A < Body->action_count; ++A) {
      const ddi_action &At = Body->actions[A];
      auto To = At.kind == DDI_DO_CALL && !(At.flags & DDI_IS_INDIRECT)
                    ? ByName.find(At.name)
                    : ByName.end();
      if (To == ByName.end() || Links[To->second].IsKnown)
        continue;
      Links[To->second] = {true, Queue[Next], A};
      Queue.push_back(To->second);
    }
  }
  for (uint32_t I = 0; I < Count; ++I) {
    std::string Name = Read.nameOf(I);
    if (Links[I].From == DDI_NONE || !Whole.mustExplore(Name))
      continue;
    std::vector<Hop> Chain;
    uint32_t At = I;
    for (; Links[At].From != DDI_NONE; At = Links[At].From)
      Chain.push_back({"Calling '" + Read.spell(At) + "'",
                       Read.placeOf(Links[At].From, Links[At].Action)});
    const Function *First = Whole.find(Read.nameOf(At));
    std::vector<Entry> Entered = entriesOf(
        First, Read.spell(At), Whole, Read.Options.IsOpenWorld);
    if (First)
      Chain.push_back(
          {Entered[0].Note, {First->At.File, First->At.Line, 1}});
    std::reverse(Chain.begin(), Chain.end());
    auto It = Whole.functions().find(Name);
    if (It != Whole.functions().end())
      It->second.Chain = std::move(Chain);
  }
}

/// Who is handed on what another one is entered for is entered like it. What it
/// leaves behind is told there, and once.
void handOn(Program &Whole, const Reader &Read, const ddi_solution &Solution,
            size_t Count) {
  for (uint32_t I = 0; I < Count; ++I) {
    if (Solution.origins[I] == DDI_NONE)
      continue;
    auto It = Whole.functions().find(Read.nameOf(I));
    const Function *From = Whole.find(Read.nameOf(Solution.origins[I]));
    It->second.Roles = From->Roles;
    It->second.HandedOnBy = Read.spell(Solution.origins[I]);
    It->second.Summary.reset();
  }
}

/// Of the function that it is a sketch of, to tell it from others of its name.
ddi_name fileOf(const ddi_body &Body) {
  return Body.action_count ? Body.actions[0].file : 0;
}

/// Of the driver's code: what headers define is there in each file, mostly unused.
void countFunctions(Program &Whole, const Reader &Read,
                    const ddi_problem &Asked) {
  for (uint32_t I = 0; I < Asked.count; ++I) {
    const ddi_function &F = Asked.functions[I];
    const Function *Known = Whole.find(Read.nameOf(I));
    if (!F.body || !Known || !Known->IsInCode)
      continue;
    ++Whole.Solved.Defined;
    Whole.Solved.Followed += F.body->block_count != 0;
    Whole.Solved.Judged += F.entry_count || F.is_judged_alone;
  }
}

/// The solver gives the same names to what no driver has a name for.
void nameFixedObjects(ddi_names &Names) {
  for (const ddi_routine *const *Model = ddi_models; *Model; ++Model)
    for (const ddi_routine *Row = *Model; Row->name; ++Row)
      for (const ddi_effect &Effect : Row->effects)
        if (Effect.name)
          ddi_names_add(&Names, Effect.name, std::strlen(Effect.name));
}

} // namespace

void findCandidates(Program &Whole, const std::vector<Sketched> &Sketches,
                    ddi_names &Names, const SolverOptions &Options) {
  nameFixedObjects(Names);
  Problem P(Whole, Names, Options);
  std::map<ddi_name, const Sketched *> Known;
  std::set<ddi_name> Ambiguous; // several functions of one name
  for (const Sketched &S : Sketches) {
    // What a header defines is one function in all units.
    const Function *F = Whole.find(ddi_names_text(&Names, S.Name));
    bool IsOfUnit = F && F->IsInCode;
    auto [It, IsNew] = Known.try_emplace(S.Name, &S);
    if (!IsNew && fileOf(*It->second->Body) != fileOf(*S.Body))
      Ambiguous.insert(S.Name);
    if (IsNew || IsOfUnit)
      P.add({S.Name, S.Body, IsOfUnit ? S.Unit : 0});
  }
  for (const auto &Entry : Whole.functions()) {
    ddi_name Name =
        ddi_names_find(&Names, Entry.first().data(), Entry.first().size());
    if (Name && Known.try_emplace(Name, nullptr).second)
      P.add({Name, nullptr, 0});
  }
  ddi_problem Asked = P.get();
  ddi_solution *Solution = ddi_solve(&Asked);
  if (!Solution)
    return; // no memory: nothing is proved
  Reader Read{P, Whole, Names, Options};
  countFunctions(Whole, Read, Asked);
  Whole.Candidates.emplace();
  Whole.UnitsToExplore.clear();
  std::set<std::tuple<std::string, std::string, std::string, std::string,
                      std::string, int64_t, std::vector<std::string>>>
      Seen; // one place is reached from several contexts, by several chains
  for (size_t I = 0; I < Solution->count; ++I) {
    const ddi_candidate &From = Solution->candidates[I];
    Candidate Into;
    Into.Function = ddi_names_text(&Names, P.at(From.function).name);
    Into.In = ddi_names_text(&Names, P.at(From.in).name);
    Into.Rule = From.rule ? From.rule->name : "";
    Into.Why = From.why ? From.why : "";
    if (!From.rule)
      Into.MayBreak = Read.rulesOf(Solution->may_break[From.function]);
    Into.At = Read.lineOf(From.in, From.action);
    Into.Explore.push_back(Into.Function);
    Whole.UnitsToExplore.insert(P.at(From.function).unit);
    for (size_t J = 0; J < From.call_count; ++J) {
      bool IsLast = J + 1 == From.call_count;
      const ddi_function &Caller = P.at(From.calls[2 * J]);
      const ddi_function &Callee =
          P.at(IsLast ? From.in : From.calls[2 * J + 2]);
      Into.Calls.push_back(Read.lineOf(From.calls[2 * J], From.calls[2 * J + 1]));
      if (Caller.unit == Callee.unit && !Callee.is_large)
        continue;
      Into.Explore.push_back(ddi_names_text(&Names, Callee.name));
      Whole.UnitsToExplore.insert(Callee.unit);
    }
    bool IsNew = Seen.insert({Into.Function, Into.Rule, Into.Why, Into.In,
                              Into.At.File, Into.At.Line, Into.Explore})
                     .second;
    if (IsNew)
      Whole.Candidates->push_back(std::move(Into));
  }
  addOrders(Whole, Read, *Solution);
  summarize(Whole, Read, *Solution);
  handOn(Whole, Read, *Solution, Asked.count);
  ddi_solution_free(Solution);
  for (const Sketched &S : Sketches)
    if (!S.Body->block_count) {
      Candidate Into;
      Into.Function = Into.In = Read.text(S.Name);
      Into.Explore.push_back(Into.Function);
      Into.Why = "no control flow";
      Into.MayBreak = Read.rulesOf(nullptr);
      const Function *F = Whole.find(Into.Function);
      Into.IsLost = F && (F->Reach.ops || F->Reach.levels);
      Whole.UnitsToExplore.insert(S.Unit);
      Whole.Candidates->push_back(std::move(Into));
    }
  for (ddi_name Name : Ambiguous) {
    auto It = Whole.functions().find(Read.text(Name));
    if (It != Whole.functions().end())
      It->second.Summary.reset();
  }
  Whole.noteCandidates();
  findChains(Whole, Read, Asked.count);
}

} // namespace ddi
