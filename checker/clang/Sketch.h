//===- Sketch.h - A function reduced to what it takes and gives back ------===//
//
// What a function that is not looked into leaves behind, counted for each region
// and each lock by name: Vcb.Resource, one up, one down.  A sketch is the
// function's control flow with those events, the calls between them and the
// branches on a few flags.  Solving all sketches together gives each function its
// nets: the sums that it may leave.  They are a superset of what can happen, so
// that "always nought" is proven, and so is "never below nought".
//
//===----------------------------------------------------------------------===//
#ifndef DDI_CLANG_SKETCH_H
#define DDI_CLANG_SKETCH_H

#include "ddi_core.h"
#include "llvm/Support/JSON.h"
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace clang {
class Expr;
class FieldDecl;
class FunctionDecl;
} // namespace clang

namespace ddi {

struct Sketch {
  /// Flags hold a small number, or one of these.
  enum : int { Unknown = 1000, NonZero = 1001 };

  struct Action {
    enum Kind : int { Add, AddIf, Call, Indirect, Set, Return };
    Kind Does = Add;
    std::string Name; // of a counter, a function or a signature
    int Delta = 0;    // Add, AddIf
    int Value = 0;    // AddIf: 1 if on a non-zero result; Set, Return: the value
    int Flag = -1;    // where the result goes; Set: what; Return: what is returned
  };
  /// Taken if the flag compares so with the value; always if there is no flag.
  struct Edge {
    int To = 0;
    int Flag = -1;
    int Compare = 0; // a BinaryOperatorKind: EQ, NE, GE, LT
    int Value = 0;
  };
  struct Block {
    std::vector<Action> Actions;
    std::vector<Edge> Edges;
  };

  std::vector<Block> Blocks;
  int Entry = 0, Exit = 0;
  int Flags = 0; // those from here on serve the test behind a call only

  static Sketch read(const clang::FunctionDecl &Function);
  /// Whether the function itself moves the counter.
  bool counts(const std::string &Counter) const;
};

llvm::json::Value toJSON(const Sketch &S);
bool fromJSON(const llvm::json::Value &V, Sketch &S, llvm::json::Path At);

/// Sums that may be left: bit n stands for the sum n - Zero, the outer bits for
/// all beyond.
struct Sums {
  enum { Zero = 4, Bits = 9 };
  uint16_t Possible = 0;

  static Sums of(int Sum);
  bool isNeutral() const { return !(Possible & ~(1u << Zero)); }
  bool mayFall() const { return Possible & ((1u << Zero) - 1); }
};

/// By the value returned: zero, not zero, not known.
struct Net {
  Sums Returning[3];

  static Net nought();
  static Net anything();
  Sums all() const;
  void add(const Net &Other);
  bool operator==(const Net &Other) const;
};

/// By counter.
using Nets = std::map<std::string, Net>;

/// The counters' names. A lock that is a bare pointer goes by any name.
std::string counterOf(ddi_kind Kind, const clang::Expr *Object);
std::string counterOf(ddi_kind Kind, const clang::FieldDecl *Member);
std::string counterOfAny(ddi_kind Kind);
inline constexpr const char *CriticalCounter = "critical";
inline constexpr const char *GuardedCounter = "guarded";
inline constexpr const char *LevelCounter = "irql";

/// What the function may leave, from what those it calls may leave. The callback
/// gives the net of a call; null if it leaves nothing.
using NetsOf = std::function<const Net *(const Sketch::Action &Call)>;
Net solve(const Sketch &S, const std::string &Counter, const NetsOf &Callees);

} // namespace ddi

#endif
