//===- Registry.cpp - The rules as checkers of the analyzer ---------------===//

#include "Registry.h"
#include "Engine.h"
#include "Wrappers.h"
#include "clang/Basic/DiagnosticDriver.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"
#include <deque>

using namespace clang;
using namespace ento;

namespace ddi {
namespace {

constexpr const char *Package = "ddi";
constexpr const char *EngineName = "ddi.Engine";

StringRef option(CheckerManager &Manager, StringRef Name) {
  return Manager.getAnalyzerOptions().getCheckerStringOption(Package, Name);
}

void complain(CheckerManager &Manager, StringRef Name, StringRef Expected) {
  Manager.getDiagnostics().Report(diag::err_analyzer_checker_option_invalid_input)
      << (Twine(Package) + ":" + Name).str() << Expected;
}

/// Whoever is no plugin has set them already.
void readWrappers(CheckerManager &Manager) {
  SmallVector<StringRef, 8> Parts;
  option(Manager, "wrappers").split(Parts, ';', -1, /*KeepEmpty=*/false);
  std::vector<std::string> Texts(Parts.begin(), Parts.end());
  llvm::Error Failure =
      Texts.empty() ? llvm::Error::success() : setWrappers(Texts);
  if (Failure)
    complain(Manager, "wrappers",
             "'MyAcquire:ExAcquireResourceExclusiveLite', or with arguments "
             "'MyLock:KeAcquireSpinLock(2 3)': " +
                 llvm::toString(std::move(Failure)));
}

void registerEngine(CheckerManager &Manager) {
  auto *E = Manager.registerChecker<Engine>();
  // Where nobody recorded them there are none: it is too late to begin.
  E->Annotations = Sal::recorded(Manager.getPreprocessor());
  if (!E->Annotations)
    E->Annotations =
        Sal::record(const_cast<Preprocessor &>(Manager.getPreprocessor()));
  Options &Settings = E->Settings;
  if (auto Strictness = strictnessNamed(option(Manager, "strictness")))
    Settings.Strictness = *Strictness;
  else
    complain(Manager, "strictness", "'documented', 'sdv' or 'strict'");
  StringRef World = option(Manager, "world");
  Settings.IsOpenWorld = World == "open";
  if (World != "open" && World != "closed")
    complain(Manager, "world", "'closed' or 'open'");
  readWrappers(Manager);
  Settings.IndexPath = option(Manager, "index").str();
  Settings.ExcerptPath = option(Manager, "excerpt").str();
  Settings.SkipsOthers =
      Manager.getAnalyzerOptions().getCheckerBooleanOption(Package, "alone");
}

/// Which rule is meant shows in the name under which the analyzer asks.
void registerRule(CheckerManager &Manager) {
  CheckerNameRef Name = Manager.getCurrentCheckerName();
  StringRef Rule = StringRef(Name).drop_front(strlen(Package) + 1);
  Manager.getChecker<Engine>()->enableRule(*ddi_find_rule(Rule.str().c_str()),
                                           Name);
}

bool always(const CheckerManager &) { return true; }

} // namespace

std::optional<unsigned> strictnessNamed(StringRef Name) {
  if (Name == "documented")
    return DDI_DOCUMENTED;
  if (Name == "sdv")
    return DDI_SDV;
  if (Name == "strict")
    return DDI_STRICT;
  return std::nullopt;
}

void registerRules(CheckerRegistry &Registry) {
  Registry.addPackage(Package);
  Registry.addPackageOption("string", Package, "strictness", "documented",
                            "How much to demand: documented, sdv or strict",
                            "released");
  Registry.addPackageOption("string", Package, "world", "closed",
                            "Whether what is given is the whole program "
                            "(closed) or a part of it (open)",
                            "released");
  Registry.addPackageOption("string", Package, "wrappers", "",
                            "Functions that act as routines, as "
                            "MyAcquire:ExAcquireResourceExclusiveLite;"
                            "MyLock:KeAcquireSpinLock(2 3)",
                            "released");
  Registry.addPackageOption("string", Package, "index", "",
                            "What the other files of the driver say: a file "
                            "that ddi-check --write-index has written",
                            "released");
  Registry.addPackageOption("string", Package, "excerpt", "",
                            "What of the driver this file has to know",
                            "released", /*IsHidden=*/true);
  Registry.addPackageOption("bool", Package, "alone", "false",
                            "No other checker runs: skip functions that call "
                            "no routine of the tables",
                            "released", /*IsHidden=*/true);
  Registry.addChecker(registerEngine, always, EngineName,
                      "Keeps what a path knows for the rules", "",
                      /*IsHidden=*/true);
  // The registry keeps references.
  static std::deque<std::string> Names;
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule) {
    Names.push_back(std::string(Package) + "." + (*Rule)->name);
    Registry.addChecker(registerRule, always, Names.back(), (*Rule)->summary,
                        (*Rule)->url, /*IsHidden=*/false);
    Registry.addDependency(Names.back(), EngineName);
  }
}

} // namespace ddi
