//===- Summary.h - What a call of a function does to its caller -----------===//
//
// What the solver found out of a function that callers in other files cannot look
// into: what it demands of them, and how it can return. Values are in the words of
// the function (parameter 0), places lie in its own file and in those that it
// calls.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SUMMARY_H
#define DDI_SUMMARY_H

#include "ddi_core.h"
#include <cstdint>
#include <string>
#include <vector>

namespace ddi {

/// A place in a file; line and column count from one.
struct Spot {
  std::string File;
  int64_t Line = 0, Column = 0;
  bool operator==(const Spot &Other) const {
    return File == Other.File && Line == Other.Line && Column == Other.Column;
  }
};

/// A call, or what a reader is told of one.
struct Hop {
  std::string Text;
  Spot At;
  bool operator==(const Hop &Other) const {
    return Text == Other.Text && At == Other.At;
  }
};

struct Summary {
  /// As a ddi_value, with a name as text; zero is the index of no term.
  struct Term {
    int64_t Kind = 0, Base = 0, Other = 0, Number = 0;
    std::string Name;
  };
  /// The calls that lead to a routine, and where that is called.
  struct Trail {
    std::vector<Hop> Calls;
    std::string Routine;
    Spot At;
    bool operator==(const Trail &Other) const {
      return Calls == Other.Calls && Routine == Other.Routine && At == Other.At;
    }
  };
  struct Change {
    int64_t Op = 0, Kind = 0, Mode = 0, Family = 0, Form = 0, Facts = 0;
    int64_t Low = 0, High = 0;
    int64_t Object = 0, Owner = 0, Value = 0, Keeper = 0; // terms
    int64_t Trail = 0;
  };
  struct WayOut {
    int64_t Signs = 0; // of the result: 1 below zero, 2 zero, 4 above
    int64_t Result = 0;
    std::vector<int64_t> Changes; // in their order
    std::vector<int64_t> Unsure;  // those that happen on some paths
  };
  struct Demand {
    int64_t Op = 0, Facts = 0, Low = 0, High = 0; // what is allowed
    int64_t From = 0, To = 0; // of the levels of the caller, those that get there
    std::string Call, Written;
    int64_t Trail = 0;
    std::vector<int64_t> Signs; // of arguments, likewise
  };

  /// Something that happens to a lock.
  struct LockUse {
    int64_t Op = 0, Kind = 0, Mode = 0, Object = 0, Trail = 0;
  };
  /// A lock that is waited for, and what happened to others before.
  struct Acquisition {
    LockUse Lock;
    std::vector<LockUse> Before;
    std::vector<int64_t> Signs; // of arguments, as of a demand
  };

  std::vector<Term> Terms;
  std::vector<Trail> Trails;
  std::vector<Change> Changes;
  std::vector<WayOut> Ways; // of different signs
  std::vector<Demand> Demands;
  std::vector<Acquisition> Acquisitions; // if some order is a deadlock
};

class Archive;
void members(Archive &A, Spot &S);
void members(Archive &A, Hop &H);
void members(Archive &A, Summary &S);

} // namespace ddi

#endif
