//===- Findings.h - What is found, as data, and how it is printed ---------===//
#ifndef DDI_FINDINGS_H
#define DDI_FINDINGS_H

#include "Orders.h"
#include "Suppression.h"
#include "clang/Analysis/PathDiagnostic.h"
#include "llvm/Support/JSON.h"
#include <optional>
#include <string>
#include <vector>

namespace ddi {

/// A step of the path that leads to a finding.
struct Step {
  Place At;
  std::string Message;
  int Depth = 0; // calls below the function where the path starts
  llvm::json::Value State = nullptr; // what the path knows behind it, or null
};

/// Replaces Length bytes at Offset of the file.
struct Edit {
  std::string File, Text;
  int Offset = 0, Length = 0;
};

struct Finding {
  Place At;
  std::string Rule, Message, Function;
  std::string Root; // the function that was explored: where its path begins
  std::vector<Step> Path;
  std::vector<Edit> Fix;
  bool IsOpen = false;      // no finding: only not decided
  bool IsElsewhere = false; // in a file that the analyzer did not look into
  std::optional<Suppression> Silenced;
  /// The order of locks that it is about, and who has the other one, where.
  std::optional<KnownOrder> Inverted;
};

llvm::json::Value toJSON(const Step &S);
llvm::json::Value toJSON(const Edit &E);
llvm::json::Value toJSON(const Finding &F);
bool fromJSON(const llvm::json::Value &V, Step &S, llvm::json::Path At);
bool fromJSON(const llvm::json::Value &V, Edit &E, llvm::json::Path At);
bool fromJSON(const llvm::json::Value &V, Finding &F, llvm::json::Path At);

/// Turns the analyzer's reports on our rules into findings.
std::unique_ptr<clang::ento::PathDiagnosticConsumer>
collectFindings(std::vector<Finding> &Into);

/// Prints as clang does: the warning, its source line, the path as notes.
void printFinding(llvm::raw_ostream &OS, const Finding &F, bool UseColors);

/// Orders by place, and leaves out what two files found alike; what is elsewhere is
/// told once, by the shortest path.
void sortFindings(std::vector<Finding> &Findings);

/// Carries out the fixes, file by file; what would overlap is left out. Returns
/// the number of findings that were mended, or an error that names the file.
llvm::Expected<unsigned> applyFixes(const std::vector<Finding> &Findings);

} // namespace ddi

#endif
