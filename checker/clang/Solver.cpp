//===- Solver.cpp - What of a program is not proved clean -----------------===//

#include "Solver.h"
#include "Entries.h"
#include "ddi_solve.h"

namespace ddi {
namespace {

/// The analyzer looks into no larger function where it is called.
constexpr uint32_t MaxInlinedBlocks = 100;

bool isLarge(const ddi_function &F) {
  return F.body->block_count > MaxInlinedBlocks;
}

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
  if (F) {
    Into.reach = F->Reach;
    Into.is_paged = F->IsPaged;
    Into.may_be_paged = F->IsPaged || F->SaysPaged;
    Into.has_promises = F->Declared.IsThere;
    Into.promises_change = F->Declared.HasEffects;
    Into.is_summarized = Into.reach.ops != 0 || Into.reach.levels != 0;
    Into.is_judged_alone = !F->IsCalledHere;
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

Where placeOf(const ddi_body &Body, uint32_t Action, const ddi_names &Names) {
  if (Action == DDI_NONE)
    return Where();
  const ddi_action &At = Body.actions[Action];
  Where Place;
  Place.File = ddi_names_text(&Names, At.file);
  Place.Line = At.line;
  return Place;
}

} // namespace

void findCandidates(Program &Whole, const std::vector<Sketched> &Sketches,
                    const ddi_names &Names, const SolverOptions &Options) {
  Problem P(Whole, Names, Options);
  std::set<ddi_name> Known;
  for (Sketched S : Sketches) {
    // What a header defines is one function in all units.
    const Function *F = Whole.find(ddi_names_text(&Names, S.Name));
    bool IsOfUnit = F && F->IsInCode;
    if (Known.insert(S.Name).second || IsOfUnit)
      P.add({S.Name, S.Body, IsOfUnit ? S.Unit : 0});
  }
  for (const auto &Entry : Whole.functions()) {
    ddi_name Name =
        ddi_names_find(&Names, Entry.first().data(), Entry.first().size());
    if (Name && Known.insert(Name).second)
      P.add({Name, nullptr, 0});
  }
  ddi_problem Asked = P.get();
  ddi_solution *Solution = ddi_solve(&Asked);
  if (!Solution)
    return; // no memory: nothing is proved
  Whole.Candidates.emplace();
  Whole.UnitsToExplore.clear();
  for (size_t I = 0; I < Solution->count; ++I) {
    const ddi_candidate &From = Solution->candidates[I];
    Candidate Into;
    Into.Function = ddi_names_text(&Names, P.at(From.function).name);
    Into.In = ddi_names_text(&Names, P.at(From.in).name);
    Into.Rule = From.rule ? From.rule->name : "";
    Into.Why = From.why ? From.why : "";
    Into.At = placeOf(*P.at(From.in).body, From.action, Names);
    Into.Explore.push_back(Into.Function);
    Whole.UnitsToExplore.insert(P.at(From.function).unit);
    for (size_t J = 0; J < From.call_count; ++J) {
      bool IsLast = J + 1 == From.call_count;
      const ddi_function &Caller = P.at(From.calls[2 * J]);
      const ddi_function &Callee =
          P.at(IsLast ? From.in : From.calls[2 * J + 2]);
      Into.Calls.push_back(placeOf(*Caller.body, From.calls[2 * J + 1], Names));
      if (Caller.unit == Callee.unit && !isLarge(Callee))
        continue;
      Into.Explore.push_back(ddi_names_text(&Names, Callee.name));
      Whole.UnitsToExplore.insert(Callee.unit);
    }
    Whole.Candidates->push_back(std::move(Into));
  }
  ddi_solution_free(Solution);
  for (const Sketched &S : Sketches)
    if (!S.Body->block_count) {
      Candidate Into;
      Into.Function = ddi_names_text(&Names, S.Name);
      Into.In = Into.Function;
      Into.Explore.push_back(Into.Function);
      Into.Why = "no control flow";
      Whole.UnitsToExplore.insert(S.Unit);
      Whole.Candidates->push_back(std::move(Into));
    }
  Whole.noteCandidates();
}

} // namespace ddi
