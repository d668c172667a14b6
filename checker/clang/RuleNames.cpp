//===- RuleNames.cpp - What people call the rules ---------------------------===//

#include "RuleNames.h"
#include "ddi_core.h"
#include <climits>

using namespace llvm;

namespace ddi {

bool isNamed(StringRef Rule, StringRef Name) {
  return Rule == Name || (Rule.starts_with(Name) && Rule[Name.size()] == '.');
}

bool isKnown(StringRef Name) {
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule)
    if (isNamed((*Rule)->name, Name))
      return true;
  return false;
}

std::string nearestTo(StringRef Name) {
  std::string Wanted = Name.lower(), Nearest;
  unsigned Least = UINT_MAX;
  auto Try = [&](StringRef Candidate, StringRef Rule) {
    unsigned Distance = StringRef(Wanted).edit_distance(Candidate.lower());
    if (Distance >= Least)
      return;
    Least = Distance;
    Nearest = Rule.str();
  };
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule) {
    StringRef Full = (*Rule)->name;
    Try(Full, Full);
    Try(Full.split('.').second, Full); // who leaves out the family
  }
  return Nearest;
}

static bool hasAlias(const ddi_rule &Rule, unsigned Number) {
  for (const ddi_obligation *Row = Rule.obligations; Row->at; ++Row)
    if (Row->alias && Row->alias == Number)
      return true;
  return false;
}

bool isAlias(unsigned Number) {
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule)
    if (hasAlias(**Rule, Number))
      return true;
  return false;
}

bool hasAlias(StringRef Rule, StringRef Number) {
  const ddi_rule *Found = ddi_find_rule(Rule.str().c_str());
  unsigned Value;
  return Found && !Number.getAsInteger(10, Value) && hasAlias(*Found, Value);
}

} // namespace ddi
