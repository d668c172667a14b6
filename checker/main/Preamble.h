//===- Preamble.h - The directives that files begin with ------------------===//
#ifndef DDI_PREAMBLE_H
#define DDI_PREAMBLE_H

#include "clang/Basic/LangOptions.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ddi {

/// One of the directives before the first token of a file that is none.
struct Directive {
  std::string Text; // without comments, on one line
  size_t Begin, End;
  bool IsInclude = false;
  bool IsShareable = false; // means the same in another file
  int Depth = 0;            // of conditionals that are open behind it
};

std::vector<Directive> leadingDirectives(llvm::StringRef Text,
                                         const clang::LangOptions &Options);

/// How many of the directives must be shared if anything is: those up to the
/// first #include. Zero if they cannot be.
size_t firstShare(const std::vector<Directive> &All);
/// How many of them two files can share.
size_t commonShare(const std::vector<Directive> &A,
                   const std::vector<Directive> &B);
/// The first of them, a line each.
std::string preambleOf(const std::vector<Directive> &All, size_t Count);

/// The text with spaces instead of its first directives, so that every place in
/// it stays where it is; nothing if these are not those of the preamble.
std::optional<std::string> blankPreamble(llvm::StringRef Text,
                                         llvm::StringRef Preamble,
                                         const clang::LangOptions &Options);

} // namespace ddi

#endif
