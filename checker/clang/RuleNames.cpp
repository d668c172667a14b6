//===- RuleNames.cpp - What people call the rules ---------------------------===//

#include "RuleNames.h"
#include "ddi_core.h"
#include <climits>

using namespace llvm;

namespace ddi {

bool isNamed(StringRef Rule, StringRef Name) {
  if (Rule == Name || (Rule.starts_with(Name) && Rule[Name.size()] == '.'))
    return true;
  const ddi_rule *By = ddi_coverage_of(Name.str().c_str()).by;
  return By && Rule == By->name;
}

bool isKnown(StringRef Name) {
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule)
    if (isNamed((*Rule)->name, Name))
      return true;
  return false;
}

std::string whyUnknown(StringRef Name, StringRef Advice) {
  if (ddi_find_published_rule(Name.str().c_str()))
    return "the rule '" + Name.str() + "' is not checked yet";
  return "there is no rule '" + Name.str() + "'; " + Advice.str();
}

std::string nearestTo(StringRef Name) {
  std::string Wanted = Name.lower(), Nearest;
  unsigned Least = UINT_MAX;
  auto TryAs = [&](StringRef Candidate, StringRef Rule) {
    unsigned Distance = StringRef(Wanted).edit_distance(Candidate.lower());
    if (Distance >= Least)
      return;
    Least = Distance;
    Nearest = Rule.str();
  };
  auto Try = [&](StringRef Full) {
    TryAs(Full, Full);
    TryAs(Full.split('.').second, Full); // who leaves out the family
  };
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule) {
    Try((*Rule)->name);
    for (const ddi_covered *Row = (*Rule)->covers; Row && Row->name; ++Row)
      Try(Row->name);
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
