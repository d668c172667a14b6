//===- Suppressions.h - What silences findings in one translation unit ----===//
#ifndef DDI_SUPPRESSIONS_H
#define DDI_SUPPRESSIONS_H

#include "Suppression.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace clang {
class ASTContext;
class Preprocessor;
class SourceManager;
} // namespace clang

namespace ddi {

/// Which findings are silenced where: by comments, by attributes, and by #pragma
/// warning and #pragma prefast, which turn warnings of Code Analysis off.
class Suppressions {
public:
  explicit Suppressions(clang::Preprocessor &PP);
  /// Begins to listen. Before the first token.
  void record();
  /// Finds the attributes. Who takes them does so from the analyzer, which would
  /// drop what they silence without a word. After the last token, once.
  enum Handling { Reads, Takes };
  void readAttributes(clang::ASTContext &Context, Handling Handled);

  /// What silences the rule at one of the places, or the number that Code Analysis
  /// has for the same thing, or zero; what gives a reason is preferred.
  std::optional<Suppression> find(llvm::ArrayRef<clang::SourceLocation> Places,
                                  llvm::StringRef Rule, unsigned Number) const;
  /// All in the driver's own files that name something of ours, once each.
  std::vector<Suppression> all() const;

  // What the pragmas say, in their order.
  void push();
  void pop(clang::SourceLocation At);
  void turn(bool IsOff, clang::SourceLocation At, llvm::ArrayRef<int> Numbers,
            llvm::StringRef Reason = "");
  /// Silences the next line that has code.
  void suppressNext(clang::SourceLocation At, llvm::ArrayRef<int> Numbers,
                    llvm::StringRef Reason = "");
  /// #if and its like leave that out.
  void skip(clang::SourceRange Range);

private:
  struct Pragma {
    clang::SourceLocation At;
    std::vector<std::string> Numbers;
    std::string Reason;
  };
  struct Attribute {
    clang::SourceLocation At;
    clang::SourceRange Over;
    std::vector<std::string> Rules; // none: it silences all
    bool IsOfOthers;                // it names only what is not ours
  };
  struct Change {
    clang::SourceLocation At;
    const Pragma *By; // null: it is on again
  };
  using Line = std::tuple<unsigned, unsigned, unsigned>; // file, line, warning
  using OffBy = std::map<unsigned, const Pragma *>;      // by warning

  class AttributeFinder;

  clang::Preprocessor &PP;
  const clang::SourceManager &SM;
  std::deque<Pragma> Pragmas;
  OffBy Off;
  std::vector<OffBy> Pushed;
  std::map<unsigned, std::vector<Change>> Changes; // by warning
  std::map<Line, const Pragma *> Lines;
  std::vector<clang::SourceRange> Skipped; // in the driver's own files
  std::vector<Attribute> Attributes;
  mutable llvm::DenseMap<clang::FileID, std::vector<SilencingComment>> Comments;

  const Pragma *note(clang::SourceLocation At, llvm::ArrayRef<int> Numbers,
                     llvm::StringRef Reason);
  const Pragma *pragmaAt(clang::SourceLocation At, unsigned Number) const;
  const std::vector<SilencingComment> &commentsIn(clang::FileID File) const;
  Suppression describe(const SilencingComment &C, clang::FileID File) const;
  Suppression describe(const Pragma &P) const;
  Suppression describe(const Attribute &A) const;
  void findAt(clang::SourceLocation At, llvm::StringRef Rule, unsigned Number,
              std::vector<Suppression> &Into) const;
  bool isOfDriver(clang::SourceLocation At) const;
  bool isSkipped(clang::FileID File, const SilencingComment &C) const;
};

/// Of several that silence a finding, the one to name.
std::optional<Suppression> chooseOne(std::vector<Suppression> All);

} // namespace ddi

#endif
