//===- Registry.h - The rules as checkers of the analyzer -----------------===//
#ifndef DDI_REGISTRY_H
#define DDI_REGISTRY_H

namespace clang::ento {
class CheckerRegistry;
}

namespace ddi {

/// Adds "ddi.<rule>" for each rule, and the options of the package "ddi".
void registerRules(clang::ento::CheckerRegistry &Registry);

} // namespace ddi

#endif
