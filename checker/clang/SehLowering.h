//===- SehLowering.h - Structured exceptions as plain control flow --------===//
//
// Clang's CFG knows neither __finally nor __leave and skips each function that
// has one, and so does the analyzer.  Before any path is explored, bodies are
// rewritten:
//
//     __try { B } __finally { F }      int how = 0;
//                                      B, in which: __leave -> goto end
//                                        return e -> saved = e; how = 1; goto end
//                                        ExRaiseStatus(s) -> how = 2; goto end
//                                      end: F
//                                      how was 1: return saved; ...
//
//     __try { B } __except (X) { H }   int how = 0;
//                                      B, in which: ExRaiseStatus(s) -> how = 1;
//                                        goto end
//                                      end: how was 1: X decides: H, or outwards
//
// New nodes carry the locations of the old ones.  The tests after F and before H
// are of a form for which the analyzer's path printer has no words.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SEH_LOWERING_H
#define DDI_SEH_LOWERING_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

namespace clang {
class ASTContext;
class Stmt;
} // namespace clang

namespace ddi {

/// The jumps that lowering made, by the assignment before each, with what a
/// reader of a path is told.
using SehJumps = llvm::DenseMap<const clang::Stmt *, llvm::StringRef>;

/// Rewrites every function of the translation unit that has __try.
SehJumps lowerSeh(clang::ASTContext &Context);

} // namespace ddi

#endif
