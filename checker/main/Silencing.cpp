//===- Silencing.cpp - What the source silences, over all files -----------===//

#include "Silencing.h"
#include "Driver.h"
#include "RuleNames.h"
#include "ddi_core.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ddi {

llvm::json::Value toJSON(const UsedSuppression &S) {
  return llvm::json::Object{{"at", S.Is.At},
                            {"kind", S.Is.Kind},
                            {"rules", S.Is.Rules},
                            {"reason", S.Is.Reason},
                            {"used", S.IsUsed}};
}

Silencing::Silencing(const std::vector<std::string> &Rules, bool RequiresReason)
    : Rules(Rules), RequiresReason(RequiresReason) {
  llvm::SmallString<256> Folder;
  llvm::sys::fs::current_path(Folder);
  Here = std::string(Folder);
}

/// A file has one name here, however it was included.
Place Silencing::keyOf(Place At) const {
  At.File = absolutePath(Here, At.File);
  return At;
}

/// Who looks into another file does not know the column of a pragma.
Silencing::Key Silencing::keyOf(const Suppression &S) const {
  return {keyOf(S.At).File, S.At.Line, S.Kind};
}

void Silencing::add(const std::vector<Suppression> &Written, bool IsWhole) {
  for (const Suppression &S : Written) {
    auto [It, IsNew] = All.try_emplace(keyOf(S.At), Known{S});
    It->second.IsWhole &= IsWhole;
    Listed.insert(keyOf(S));
  }
}

void Silencing::leaveOpen(const std::string &File) {
  Open.insert(absolutePath(Here, File));
}

bool Silencing::counts(const Suppression &S) const {
  return !RequiresReason || !S.lacksReason();
}

std::vector<Finding> Silencing::take(std::vector<Finding> &From) {
  std::vector<Finding> Silenced, Left;
  for (Finding &F : From) {
    if (F.Silenced && !counts(*F.Silenced))
      F.Silenced.reset();
    if (F.Silenced) {
      Used.insert(keyOf(*F.Silenced));
      if (Listed.insert(keyOf(*F.Silenced)).second)
        All.try_emplace(keyOf(F.Silenced->At), Known{*F.Silenced});
    }
    (F.Silenced ? Silenced : Left).push_back(std::move(F));
  }
  From = std::move(Left);
  return Silenced;
}

void Silencing::complain(llvm::raw_ostream &OS) const {
  for (const auto &[At, Each] : All) {
    std::vector<std::string> Problems = Each.Is.Problems;
    if (!counts(Each.Is) && !Each.Is.Rules.empty())
      Problems.push_back("it gives no reason, and does not count "
                         "(--require-reason); write one behind a colon");
    for (const std::string &Why : Problems)
      OS << "ddi-check: warning: " << Each.Is.At.File << ':' << At.Line
         << ": suppression: " << Why << '\n';
  }
}

/// A number means all rules that report the same.
static bool means(const Suppression &S, StringRef Rule) {
  return llvm::any_of(S.Rules, [&](StringRef Name) {
    return S.Kind == "pragma" ? hasAlias(Rule, Name) : isNamed(Rule, Name);
  });
}

/// Whether all rules are on that may need it.
bool Silencing::areRulesOn(const Suppression &S) const {
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule)
    if (means(S, (*Rule)->name) && !llvm::is_contained(Rules, (*Rule)->name))
      return false;
  return !S.Rules.empty();
}

std::vector<UsedSuppression> Silencing::all() const {
  std::vector<UsedSuppression> Told;
  for (const auto &[At, Each] : All) {
    bool IsUsed = Used.count(keyOf(Each.Is)) != 0;
    bool IsSurelyUnused = Each.IsWhole && !Open.count(At.File) &&
                          counts(Each.Is) && areRulesOn(Each.Is);
    if (IsUsed || IsSurelyUnused)
      Told.push_back({Each.Is, IsUsed});
  }
  return Told;
}

} // namespace ddi
