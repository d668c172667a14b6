//===- SalReader.h - The text of annotations as clauses -------------------===//
//
// Reads what is written in annotations, as
//
//     _When_(Timeout != NULL && return == STATUS_SUCCESS, _Acquires_lock_(*Lock))
//
// into clauses. What cannot be read is left out whole, with all that depends on it.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SAL_READER_H
#define DDI_SAL_READER_H

#include "Sal.h"
#include "llvm/ADT/ArrayRef.h"

namespace clang {
class ParmVarDecl;
} // namespace clang

namespace ddi {

/// What the annotations stand on.
struct Annotated {
  llvm::ArrayRef<clang::ParmVarDecl *> Parameters;
  int Parameter = OnFunction; // or the index of one
  static constexpr int OnFunction = -1;
};

/// The names of all annotations and groups of them that mean something here.
std::vector<llvm::StringRef> annotationNames();

/// Reads one annotation, and adds what it says.
void readAnnotation(llvm::StringRef Text, clang::SourceLocation At,
                    const Annotated &On, clang::ASTContext &Context,
                    clang::Preprocessor &PP, Contract &Into);

/// Makes what is promised for a call that succeeds depend on its success.
void applySuccess(Contract &Clauses);

/// Adds the clauses that are not there yet.
void join(Contract &Into, const Contract &More);

/// As "max 1 if #2 != 0": for people and for tests.
std::string describe(const Clause &C);

} // namespace ddi

#endif
