//===- Contracts.h - Annotated functions, as a list -----------------------===//
#ifndef DDI_CONTRACTS_H
#define DDI_CONTRACTS_H

#include "llvm/Support/JSON.h"

namespace clang {
class SourceManager;
} // namespace clang

namespace ddi {

class Sal;

/// What the annotations of one translation unit say, an object for each function
/// and function typedef that has some:
///
///     {"name", "kind": "function" | "typedef", "header": "wdm.h",
///      "min", "max": IRQL where it is unconditional, or null,
///      "clauses": ["max 1", "acquires *#1 if result != 0", ...]}
llvm::json::Array writeContracts(const Sal &Annotations,
                                 const clang::SourceManager &SM);

/// Each object of all units once, one a line, by name.
void printContracts(llvm::raw_ostream &OS, llvm::json::Array All);

} // namespace ddi

#endif
