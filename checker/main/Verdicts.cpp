//===- Verdicts.cpp - What became of each question ------------------------===//

#include "Verdicts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include <tuple>

namespace ddi {

constexpr size_t Longest = 10; // functions that are told of

static llvm::json::Value toJSON(const Candidate &C) {
  return llvm::json::Object{{"function", C.Function}, {"rule", C.Rule},
                            {"why", C.Why},           {"in", C.In},
                            {"at", C.At},             {"explore", C.Explore},
                            {"lost", C.IsLost}};
}

static bool fromJSON(const llvm::json::Value &V, Candidate &C, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  return O && O.map("function", C.Function) && O.map("rule", C.Rule) &&
         O.map("why", C.Why) && O.map("in", C.In) && O.map("at", C.At) &&
         O.map("explore", C.Explore) &&
         O.map("lost", C.IsLost);
}

/// Without the calls, of which long chains have many.
static Candidate shorten(const Candidate &C) {
  Candidate Into;
  Into.Function = C.Function;
  Into.Rule = C.Rule;
  Into.Why = C.Why;
  Into.In = C.In;
  Into.At = C.At;
  Into.IsLost = C.IsLost;
  std::set<std::string> Explore(C.Explore.begin(), C.Explore.end());
  Into.Explore.assign(Explore.begin(), Explore.end());
  return Into;
}

Verdicts::Verdicts(const Program &Whole, std::vector<std::string> Rules)
    : Rules(std::move(Rules)), IsSolved(Whole.Candidates.has_value()),
      Defined(Whole.Solved.Defined), Followed(Whole.Solved.Followed),
      Judged(Whole.Solved.Judged) {
  if (!IsSolved)
    return;
  std::set<std::tuple<std::string, std::string, std::string, std::string,
                      std::string, int64_t, std::vector<std::string>>>
      Seen; // one place may be reached by many calls
  for (const Candidate &C : *Whole.Candidates) {
    Candidate Q = shorten(C);
    bool IsNew = Seen.insert({Q.Function, Q.Rule, Q.Why, Q.In, Q.At.File,
                              Q.At.Line, Q.Explore})
                     .second;
    const Function *F = Whole.find(C.Function);
    if (IsNew)
      Questions.emplace_back(std::move(Q), F ? F->At : Where());
  }
}

std::string Verdicts::write() const {
  llvm::json::Array All, Places;
  for (const Asked &Q : Questions) {
    All.push_back(toJSON(Q.C));
    Places.push_back(toJSON(Q.At));
  }
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::json::Value(llvm::json::Object{
      {"solved", IsSolved},
      {"defined", Defined},
      {"followed", Followed},
      {"judged", Judged},
      {"candidates", std::move(All)},
      {"functions", std::move(Places)}});
  return Text;
}

std::optional<Verdicts> Verdicts::read(llvm::StringRef Line,
                                       std::vector<std::string> Rules,
                                       bool IsPart) {
  llvm::Expected<llvm::json::Value> V = llvm::json::parse(Line);
  if (!V) {
    llvm::consumeError(V.takeError());
    return std::nullopt;
  }
  Verdicts Into;
  Into.Rules = std::move(Rules);
  Into.IsPart = IsPart;
  std::vector<Candidate> All;
  std::vector<Where> Places;
  llvm::json::Path::Root Root;
  llvm::json::ObjectMapper O(*V, Root);
  bool IsRead = O && O.map("solved", Into.IsSolved) &&
                O.map("defined", Into.Defined) &&
                O.map("followed", Into.Followed) &&
                O.map("judged", Into.Judged) && O.map("candidates", All) &&
                O.map("functions", Places) && Places.size() == All.size();
  if (!IsRead)
    return std::nullopt;
  for (size_t I = 0; I < All.size(); ++I)
    Into.Questions.emplace_back(std::move(All[I]), std::move(Places[I]));
  return Into;
}

/// A candidate is open if the budget ended the exploration of one of the functions
/// that could have shown it. Where the solver gave up, any rule may be broken.
Verdicts::Verdict Verdicts::decide(Asked &Q) const {
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
  return Q.Is = !Q.Open.empty()     ? Undecided
                : !Q.Broken.empty() ? Confirmed
                                    : Refuted;
}

std::vector<std::string> Verdicts::rulesOf(const Candidate &C) const {
  return C.Rule.empty() ? Rules : std::vector<std::string>{C.Rule};
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
  for (Asked &Q : Questions) {
    decide(Q);
    for (const std::string &Rule : rulesOf(Q.C)) {
      Verdict &Is = Pairs[{Q.C.Function, Rule}];
      Is = std::max(Is, Q.Broken.count(Rule) ? Confirmed
                        : Q.Open.count(Rule) ? Undecided
                                             : Refuted);
    }
  }
}

size_t Verdicts::count(Verdict Which) const {
  return size_t(llvm::count_if(
      Pairs, [&](const auto &Each) { return Each.second == Which; }));
}

void Verdicts::printSummary(llvm::raw_ostream &OS) const {
  if (!IsSolved || IsPart)
    return;
  OS << "ddi-check: " << Followed << " of " << Defined
     << " functions have a control flow; " << count(Undecided) << " of "
     << Judged * int64_t(Rules.size())
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
     << Judged * int64_t(Rules.size()) - int64_t(Pairs.size())
     << " proved clean, " << count(Confirmed) << " confirmed, "
     << count(Refuted) << " refuted, " << count(Undecided) << " undecided\n";
  std::map<std::string, size_t> Open; // by function
  for (const auto &[Of, Is] : Pairs)
    Open[Of.first] += Is == Undecided;
  for (const auto &[Of, Is] : Pairs)
    if (Is == Undecided && Open[Of.first] < Rules.size())
      OS << "ddi-check: undecided: " << Of.first << ": " << Of.second << '\n';
  for (const auto &[Name, Count] : Open)
    if (Count == Rules.size())
      OS << "ddi-check: undecided: " << Name << ": any rule\n";
}

void Verdicts::explain(llvm::raw_ostream &OS, const Candidate &C) const {
  static const char *const Names[] = {"refuted", "undecided", "confirmed"};
  OS << C.Function << ": " << (C.Rule.empty() ? C.Why : C.Rule) << " in "
     << C.In;
  if (C.At.Line)
    OS << " at " << C.At.File << ':' << C.At.Line;
  for (const Where &Call : C.Calls)
    OS << ", by the call at " << Call.File << ':' << Call.Line;
  bool IsAsked =
      !IsPart || llvm::any_of(C.Explore, [&](const std::string &Name) {
        return Known.count(Name) != 0;
      });
  Asked Q(shorten(C), Where());
  if (IsAsked)
    OS << ": " << Names[decide(Q)];
  OS << '\n';
}

std::vector<Finding> Verdicts::openQuestions() const {
  std::vector<Finding> All;
  for (const Asked &Q : Questions) {
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
