//===- Verdicts.cpp - What became of each question ------------------------===//

#include "Verdicts.h"
#include "Archive.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include <tuple>

namespace ddi {

constexpr size_t Longest = 10; // functions that are told of

static void members(Archive &A, Candidate &C) {
  A(C.Function, C.Rule, C.Why, C.MayBreak, C.In, C.At, C.Explore, C.IsLost);
}

static void members(Archive &A, Question &Q) { A(Q.C, Q.At); }

void members(Archive &A, Verdicts &V) {
  A(V.IsSolved, V.Defined, V.Followed, V.Judged, V.Questions);
}

Verdicts::Verdicts(const Program &Whole)
    : IsSolved(Whole.Candidates.has_value()),
      Defined(Whole.Solved.Defined), Followed(Whole.Solved.Followed),
      Judged(Whole.Solved.Judged) {
  if (!IsSolved)
    return;
  for (const Candidate &C : *Whole.Candidates) {
    const Function *F = Whole.find(C.Function);
    Questions.push_back({C, F ? F->At : Where(), {}, {}});
  }
}

/// Where the solver gave up there may be several.
static std::set<std::string> rulesOf(const Candidate &C) {
  return C.Rule.empty() ? C.MayBreak : std::set<std::string>{C.Rule};
}

/// A candidate is open if the budget ended the exploration of one of the functions
/// that could have shown it.
void Verdicts::decide(Question &Q) const {
  std::set<std::string> Broken;
  bool IsCut = Q.C.IsLost;
  for (const std::string &Name : Q.C.Explore)
    if (auto It = Known.find(Name); It != Known.end()) {
      IsCut |= It->second.IsCut;
      Broken.insert(It->second.Broken.begin(), It->second.Broken.end());
    }
  for (const std::string &Rule : rulesOf(Q.C)) {
    if (Broken.count(Rule))
      Q.Broken.insert(Rule);
    else if (IsCut)
      Q.Open.insert(Rule);
  }
}

void Verdicts::judge(const std::vector<Exploration> &All) {
  Explored = All;
  llvm::stable_sort(Explored, [](const Exploration &A, const Exploration &B) {
    return std::tie(B.Nodes, A.Function) < std::tie(A.Nodes, B.Function);
  });
  // What a header defines is explored in several files.
  for (const Exploration &E : Explored) {
    Exploration &Into = Known[E.Function];
    Into.IsCut |= E.IsCut;
    Into.Broken.insert(E.Broken.begin(), E.Broken.end());
  }
  for (Question &Q : Questions) {
    decide(Q);
    for (const std::string &Rule : rulesOf(Q.C)) {
      Verdict &Is = Pairs[{Q.C.Function, Rule}];
      Is = std::max(Is, Q.Broken.count(Rule) ? Verdict::Confirmed
                        : Q.Open.count(Rule) ? Verdict::Undecided
                                             : Verdict::Refuted);
    }
  }
}

size_t Verdicts::count(Verdict Which) const {
  return size_t(llvm::count_if(
      Pairs, [&](const auto &Each) { return Each.second == Which; }));
}

Verdicts::Counts Verdicts::counts() const {
  if (!IsSolved || IsPart)
    return {Defined, Followed, Judged, 0, 0};
  return {Defined, Followed, Judged, Judged * Rules,
          int64_t(count(Verdict::Undecided))};
}

void Verdicts::printSummary(llvm::raw_ostream &OS) const {
  if (!IsSolved || IsPart)
    return;
  OS << "ddi-check: " << Followed << " of " << Defined
     << " functions have a control flow; " << count(Verdict::Undecided) << " of "
     << Judged * Rules
     << " pairs of function and rule are undecided\n";
}

void Verdicts::printAll(llvm::raw_ostream &OS) const {
  int64_t Nodes = 0, Cut = 0;
  for (const Exploration &E : Explored) {
    Nodes += E.Nodes;
    Cut += E.IsCut;
  }
  OS << "ddi-check: explored: " << Explored.size() << " functions, " << Nodes
     << " nodes, " << Cut << " cut by the budget\n";
  for (const Exploration &E : llvm::ArrayRef(Explored).take_front(Longest))
    OS << "ddi-check: explored: " << E.Function << ": " << E.Nodes << " nodes, "
       << llvm::format("%.2f", E.Seconds) << " s"
       << (E.IsCut ? ", cut by the budget\n" : "\n");
  if (!IsSolved || IsPart)
    return;
  OS << "ddi-check: pairs: "
     << Judged * Rules - int64_t(Pairs.size())
     << " proved clean, " << count(Verdict::Confirmed) << " confirmed, "
     << count(Verdict::Refuted) << " refuted, " << count(Verdict::Undecided) << " undecided\n";
  std::map<std::string, std::string> Open; // by function
  for (const auto &[Of, Is] : Pairs)
    if (Is == Verdict::Undecided)
      Open[Of.first] += (Open[Of.first].empty() ? "" : ", ") + Of.second;
  for (const auto &[Name, Of] : Open)
    OS << "ddi-check: undecided: " << Name << ": " << Of << '\n';
}

void Verdicts::explain(llvm::raw_ostream &OS, const Candidate &C) const {
  static const char *const Names[] = {"refuted", "undecided", "confirmed"};
  OS << C.Function << ": " << (C.Rule.empty() ? C.Why : C.Rule) << " in "
     << C.In;
  if (C.At.Line)
    OS << " at " << C.At.File << ':' << C.At.Line;
  for (const Where &Call : C.Calls)
    OS << ", by the call at " << Call.File << ':' << Call.Line;
  bool IsQuestion =
      !IsPart || llvm::any_of(C.Explore, [&](const std::string &Name) {
        return Known.count(Name) != 0;
      });
  Question Q{C, Where(), {}, {}};
  decide(Q);
  if (IsQuestion)
    OS << ": " << Names[int(Q.is())];
  OS << '\n';
}

std::vector<Finding> Verdicts::openQuestions() const {
  std::vector<Finding> All;
  for (const Question &Q : Questions) {
    const Where &At = Q.C.At.Line ? Q.C.At : Q.At;
    if (Q.Open.empty() || At.File.empty())
      continue;
    Finding F;
    F.At = {At.File, int(At.Line), 1};
    F.Rule = Q.C.Rule.empty() ? "undecided" : Q.C.Rule;
    F.Message = "It is not decided whether '" +
                llvm::StringRef(Q.C.Function).split('@').first.str() + "' breaks ";
    F.Message += Q.C.Rule.empty() ? "a rule here: " + Q.C.Why
                                  : "this rule here";
    F.Function = Q.C.In;
    F.IsOpen = true;
    All.push_back(std::move(F));
  }
  return All;
}

} // namespace ddi
