//===- Wrappers.h - What acts as a routine of the tables ------------------===//
//
// A function of the driver, or of a library whose source is not given, of which the
// user says that it acts as a routine.  The wrappers are set once in a process: from
// then on the tables know them, and what asks the tables need not.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_WRAPPERS_H
#define DDI_WRAPPERS_H

#include "ddi_core.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace ddi {

/// Each as "MyAcquire=ExAcquireResourceExclusiveLite", or with the wrapper's arguments
/// in the routine's order as "MyLock=KeAcquireSpinLock(2,3)", where 0 stands for one
/// that is not given; ':' for '=' and ' ' for ',' do, too. Fails if one cannot be
/// understood.
llvm::Error setWrappers(llvm::ArrayRef<std::string> Texts);

/// All that are set: the same text for the same wrappers.
llvm::StringRef wrappersSet();

/// Null if the function is none, or null.
const ddi_wrapper *wrapperOf(const clang::FunctionDecl *Function);

/// "by its page", or header; of a wrapper by that of what it acts as. Null: it is none.
std::string spellSource(llvm::StringRef Where, const ddi_wrapper *Wrapper);

} // namespace ddi

#endif
