//===- Checkers.cpp - What the plugin loads -------------------------------===//

#include "Registry.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"

extern "C" __attribute__((visibility("default"))) void
ddi_register_checkers(clang::ento::CheckerRegistry *Registry) {
  ddi::registerRules(*Registry);
}
