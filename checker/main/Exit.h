//===- Exit.h - How ddi-check ends ----------------------------------------===//
#ifndef DDI_EXIT_H
#define DDI_EXIT_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace ddi {

enum ExitStatus { Clean = 0, ToolFailed = 1, HasFindings = 2, FileFailed = 3 };

/// One line that names what, where and what to do.
inline ExitStatus fail(const llvm::Twine &Message) {
  llvm::errs() << "ddi-check: error: " << Message << '\n';
  return ToolFailed;
}

} // namespace ddi

#endif
