//===- Registry.h - The rules as checkers of the analyzer -----------------===//
#ifndef DDI_REGISTRY_H
#define DDI_REGISTRY_H

#include "llvm/ADT/StringRef.h"
#include <optional>

namespace clang::ento {
class CheckerRegistry;
}

namespace ddi {

/// An enum ddi_strictness by its name, or nothing.
std::optional<unsigned> strictnessNamed(llvm::StringRef Name);

/// Adds "ddi.<rule>" for each rule, and the options of the package "ddi".
void registerRules(clang::ento::CheckerRegistry &Registry);

} // namespace ddi

#endif
