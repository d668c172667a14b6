//===- EntryPoints.h - Where the system enters, as a list -----------------===//
#ifndef DDI_ENTRY_POINTS_H
#define DDI_ENTRY_POINTS_H

#include "Program.h"
#include "llvm/Support/raw_ostream.h"

namespace ddi {

/// Prints each function that the system enters, once for each of its roles, with
/// what is known at the entry and why: one a line, ordered by place. The program
/// is linked. In an open world nothing is assumed to be entered.
void printEntryPoints(llvm::raw_ostream &OS, const Program &Whole, bool AsJSON,
                      bool IsOpenWorld);
/// How many there are.
size_t countEntryPoints(const Program &Whole, bool IsOpenWorld);

} // namespace ddi

#endif
