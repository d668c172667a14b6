//===- Verdicts.h - What became of each question --------------------------===//
//
// The question is whether a function that is judged by itself breaks a rule. The
// solver proves that it does not, or makes it a candidate; the analyzer confirms
// that by a finding or refutes it, unless its budget is spent before.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_VERDICTS_H
#define DDI_VERDICTS_H

#include "Exploration.h"
#include "Findings.h"
#include "Program.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <optional>
#include <set>

namespace ddi {

enum class Verdict { Refuted, Undecided, Confirmed };

struct Question {
  Candidate C;
  Where At; // of the function
  std::set<std::string> Open, Broken; // rules
  /// Undecided if any rule is.
  Verdict is() const {
    return !Open.empty()     ? Verdict::Undecided
           : !Broken.empty() ? Verdict::Confirmed
                             : Verdict::Refuted;
  }
};

class Verdicts {
public:
  Verdicts() = default;
  /// Of a program that is solved, if it is.
  explicit Verdicts(const Program &Whole);

  /// Once, before judge(), by how many rules; if only a part of the
  /// driver is explored, nothing is counted.
  void begin(size_t Count, bool IsOfPart) {
    Rules = int64_t(Count);
    IsPart = IsOfPart;
  }
  /// Once, when all is explored.
  void judge(const std::vector<Exploration> &All);

  /// What every run says: how much was followed, and what is left open.
  void printSummary(llvm::raw_ostream &OS) const;
  /// Each verdict counted, what is open named, and what took longest.
  void printAll(llvm::raw_ostream &OS) const;
  /// Why there is the candidate, and what came of it.
  void explain(llvm::raw_ostream &OS, const Candidate &C) const;
  /// The same counts; of a part of a driver there are no pairs.
  struct Counts {
    int64_t Defined = 0, Followed = 0, Judged = 0; // functions
    int64_t Pairs = 0, Undecided = 0;              // of function and rule
  };
  Counts counts() const;
  /// What is open, one a function, rule and place.
  std::vector<Finding> openQuestions() const;

private:
  friend void members(Archive &A, Verdicts &V);
  using Pair = std::pair<std::string, std::string>; // function, rule

  int64_t Rules = 0;
  bool IsSolved = false, IsPart = false;
  int64_t Defined = 0, Followed = 0, Judged = 0; // functions
  std::vector<Question> Questions;
  std::map<Pair, Verdict> Pairs; // that were not proved clean
  std::vector<Exploration> Explored;
  std::map<std::string, Exploration> Known; // the same by function

  void decide(Question &Q) const;
  size_t count(Verdict Which) const;
};

} // namespace ddi

#endif
