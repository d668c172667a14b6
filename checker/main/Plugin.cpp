//===- Plugin.cpp - The two symbols that clang looks for ------------------===//

#include "Registry.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"

extern "C" __attribute__((visibility("default"))) const char
    clang_analyzerAPIVersionString[] = CLANG_ANALYZER_API_VERSION_STRING;

extern "C" __attribute__((visibility("default"))) void
clang_registerCheckers(clang::ento::CheckerRegistry &Registry) {
  ddi::registerRules(Registry);
}
