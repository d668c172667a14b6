//===- Suppressions.h - Pragmas that silence warnings ---------------------===//
#ifndef DDI_SUPPRESSIONS_H
#define DDI_SUPPRESSIONS_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace clang {
class Preprocessor;
class SourceManager;
} // namespace clang

namespace ddi {

/// Which warnings of Code Analysis are off where, by #pragma warning and #pragma
/// prefast.
class Suppressions {
public:
  explicit Suppressions(clang::Preprocessor &PP);
  /// Begins to listen. Before the first token.
  void record();

  bool covers(clang::SourceLocation At, unsigned Number) const;

  // What the pragmas say, in their order.
  void push();
  void pop(clang::SourceLocation At);
  void turn(bool IsOff, clang::SourceLocation At, llvm::ArrayRef<int> Numbers);
  /// Silences the next line that has code.
  void suppressNext(clang::SourceLocation At, llvm::ArrayRef<int> Numbers);

private:
  struct Change {
    clang::SourceLocation At;
    bool IsOff;
  };
  using Line = std::tuple<unsigned, unsigned, unsigned>; // file, line, warning

  clang::Preprocessor &PP;
  const clang::SourceManager &SM;
  std::set<unsigned> Off;
  std::vector<std::set<unsigned>> Pushed;
  std::map<unsigned, std::vector<Change>> Changes; // by warning
  std::set<Line> Lines;
};

} // namespace ddi

#endif
