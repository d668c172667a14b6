//===- Checkers.cpp - What the plugin loads -------------------------------===//

#include "Registry.h"
#include "Sal.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"

using namespace clang;

namespace {

/// Checkers are made behind the last token: annotations are recorded from before
/// the first one on.
class RecordAction : public PluginASTAction {
protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    ddi::Sal::record(CI.getPreprocessor());
    return std::make_unique<ASTConsumer>();
  }
  bool ParseArgs(const CompilerInstance &,
                 const std::vector<std::string> &) override {
    return true;
  }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

FrontendPluginRegistry::Add<RecordAction>
    Added("ddi-record", "Records annotations for the checkers of ddi-check");

} // namespace

extern "C" __attribute__((visibility("default"))) void
ddi_register_checkers(clang::ento::CheckerRegistry *Registry) {
  ddi::registerRules(*Registry);
}
