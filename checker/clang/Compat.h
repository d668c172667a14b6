//===- Compat.h - Every difference between LLVM 19 and 22 -----------------===//
//
// Under the name of the newest API, as if there were no other.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_COMPAT_H
#define DDI_COMPAT_H

#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/SValBuilder.h"
#include "clang/StaticAnalyzer/Frontend/AnalysisConsumer.h"
#if CLANG_VERSION_MAJOR >= 22
#include "clang/Driver/CreateInvocationFromArgs.h"
#else
#include "clang/Frontend/Utils.h"
#endif

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

/// A new symbol for what the call writes somewhere; the tag tells them apart.
inline clang::ento::DefinedOrUnknownSVal
conjureOutput(clang::ento::SValBuilder &Builder,
              const clang::ento::CallEvent &Call, clang::QualType Type,
              unsigned Count, const void *Tag) {
#if CLANG_VERSION_MAJOR >= 22
  return Builder.conjureSymbolVal(Call, Type, Count, Tag);
#else
  return Builder.conjureSymbolVal(
      Tag, llvm::cast<clang::Expr>(Call.getOriginExpr()),
      Call.getLocationContext(), Type, Count);
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

/// The checkers that end a path where the kernel's clock is read.
#if CLANG_VERSION_MAJOR >= 22
inline const std::vector<const char *> EndsPathsAtFixedAddresses = {
    "core.FixedAddressDereference"};
#else
inline const std::vector<const char *> EndsPathsAtFixedAddresses = {};
#endif

/// Compiles one file by a driver's arguments, for the action. All that is read
/// comes from Files, all that is said goes to the consumer; Prepare may change
/// what the action begins with. False if something went wrong. The process ends
/// with the file: what is in memory is not taken apart.
inline bool run(llvm::ArrayRef<const char *> Arguments,
                clang::FrontendAction &Action,
                clang::DiagnosticConsumer &Consumer,
                llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                llvm::function_ref<void(clang::CompilerInstance &)> Prepare) {
  clang::CreateInvocationOptions Options;
  Options.VFS = Files;
#if CLANG_VERSION_MAJOR >= 22
  clang::DiagnosticOptions DiagnosticOptions;
  Options.Diags = clang::CompilerInstance::createDiagnostics(
      *Files, DiagnosticOptions, &Consumer, /*ShouldOwnClient=*/false);
  auto Invocation = clang::createInvocation(Arguments, Options);
  if (!Invocation)
    return false;
  auto &CI = *new clang::CompilerInstance(std::move(Invocation));
  CI.createVirtualFileSystem(Files, &Consumer);
  CI.createDiagnostics(&Consumer, /*ShouldOwnClient=*/false);
#else
  Options.Diags = clang::CompilerInstance::createDiagnostics(
      new clang::DiagnosticOptions, &Consumer, /*ShouldOwnClient=*/false);
  auto Invocation = clang::createInvocation(Arguments, Options);
  if (!Invocation)
    return false;
  auto &CI = *new clang::CompilerInstance;
  CI.setInvocation(std::move(Invocation));
  CI.createDiagnostics(&Consumer, /*ShouldOwnClient=*/false);
  CI.createFileManager(clang::createVFSFromCompilerInvocation(
      CI.getInvocation(), CI.getDiagnostics(), Files));
#endif
  CI.getFrontendOpts().DisableFree = true;
  Prepare(CI);
  return CI.ExecuteAction(Action);
}

} // namespace ddi::compat

#endif
