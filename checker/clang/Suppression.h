//===- Suppression.h - Where the source silences findings -------------------===//
//
// By a comment, with a reason behind the colon:
//
//     // ddi-suppress wdm.PushLock, wdm.CriticalRegions: the caller releases it
//     // ddi-suppress-begin wdm: generated
//     // ddi-suppress-end
//
// by [[clang::suppress]] or __attribute__((suppress)), or by a pragma for Code
// Analysis.  A comment silences the line where it stands behind code, or else the
// next line of code; between begin and end, all lines.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SUPPRESSION_H
#define DDI_SUPPRESSION_H

#include "Place.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ddi {

struct Suppression {
  Place At;
  std::string Kind; // "comment", "attribute" or "pragma"
  /// Names of rules and families, or numbers of Code Analysis; an attribute without
  /// any silences all.
  std::vector<std::string> Rules;
  std::string Reason;
  std::vector<std::string> Problems; // what is wrong with it, as sentences

  bool lacksReason() const { return Kind == "comment" && Reason.empty(); }
};

llvm::json::Value toJSON(const Suppression &S);
bool fromJSON(const llvm::json::Value &V, Suppression &S, llvm::json::Path At);

/// A comment, and the lines that it silences.
struct SilencingComment {
  Suppression Is; // without the name of the file
  unsigned First = 0, Last = 0;

  bool covers(unsigned Line, llvm::StringRef Rule) const;
};

/// The comments of a text that are suppressions, or look so.
std::vector<SilencingComment> silencingComments(llvm::StringRef Text);

} // namespace ddi

#endif
