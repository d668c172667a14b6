//===- RuleNames.h - What people call the rules -----------------------------===//
#ifndef DDI_RULE_NAMES_H
#define DDI_RULE_NAMES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ddi {

/// "wdm" and "wdm.X" name what they are or contain; the name of a published rule that
/// another rule checks names that one.
bool isNamed(llvm::StringRef Rule, llvm::StringRef Name);
/// Whether the name is that of a rule that is checked, or of a family.
bool isKnown(llvm::StringRef Name);
/// Why it is not: it is not checked yet, or "there is no rule 'wdm.X'; " and the advice.
std::string whyUnknown(llvm::StringRef Name, llvm::StringRef Advice);
/// What may be meant by a name that is not known.
std::string nearestTo(llvm::StringRef Name);
/// Whether Code Analysis has the number for something that a rule reports.
bool isAlias(unsigned Number);
/// Whether it is the number, in digits, of something that this rule reports.
bool hasAlias(llvm::StringRef Rule, llvm::StringRef Number);

} // namespace ddi

#endif
