//===- Compat.h - Every difference between LLVM 19 and 22 -----------------===//
//
// Under the name of the newest API, as if there were no other.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_COMPAT_H
#define DDI_COMPAT_H

#include "clang/Basic/Version.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/SValBuilder.h"
#include "clang/StaticAnalyzer/Frontend/AnalysisConsumer.h"

namespace ddi::compat {

/// A new symbol for what the call returns.
inline clang::ento::DefinedOrUnknownSVal
conjureResult(clang::ento::SValBuilder &Builder,
              const clang::ento::CallEvent &Call, unsigned Count) {
#if CLANG_VERSION_MAJOR >= 22
  return Builder.conjureSymbolVal(Call, Count);
#else
  return Builder.conjureSymbolVal(
      nullptr, llvm::cast<clang::Expr>(Call.getOriginExpr()),
      Call.getLocationContext(), Count);
#endif
}

/// The constant of a SymIntExpr.
inline const llvm::APSInt &valueOf(const llvm::APSInt &Value) { return Value; }
#if CLANG_VERSION_MAJOR >= 22
inline const llvm::APSInt &valueOf(clang::ento::APSIntPtr Value) {
  return *Value;
}
#endif

inline void
addDiagnosticConsumer(clang::ento::AnalysisASTConsumer &Consumer,
                      std::unique_ptr<clang::ento::PathDiagnosticConsumer> P) {
#if CLANG_VERSION_MAJOR >= 22
  Consumer.AddDiagnosticConsumer(std::move(P));
#else
  Consumer.AddDiagnosticConsumer(P.release());
#endif
}

} // namespace ddi::compat

#endif
