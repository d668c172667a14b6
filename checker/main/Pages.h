//===- Pages.h - The rules as text, from their tables ---------------------===//
#ifndef DDI_PAGES_H
#define DDI_PAGES_H

#include "Exit.h"
#include "llvm/ADT/StringRef.h"

namespace ddi {

/// Prints each rule, Microsoft's and ours, and how far it is checked: by family, a line
/// each; as JSON an object a line, with all that the tables say for a reader.
ExitStatus listRules(bool AsJSON);

/// Prints each routine that the tables know; as JSON an object a line, with how many of
/// its arguments they speak of.
ExitStatus listRoutines(bool AsJSON);

/// Prints what a rule demands, what is reported, and an example of each side.
/// Of a published rule that is not checked yet, prints its statement.
/// Fails if there is no such rule. The name may start with "ddi.".
ExitStatus explain(llvm::StringRef Name);

} // namespace ddi

#endif
