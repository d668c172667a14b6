//===- EntryPoints.cpp - Where the system enters, as a list ---------------===//

#include "EntryPoints.h"
#include <set>
#include <tuple>
#include <vector>

namespace ddi {
namespace {

struct EntryPoint {
  Where At;
  std::string Function, Role; // without a role it is assumed
  ddi_context Context = {};
  Reason Why;
  bool operator<(const EntryPoint &Other) const {
    return key() < Other.key();
  }
  bool operator==(const EntryPoint &Other) const {
    return key() == Other.key();
  }

private:
  std::tuple<const std::string &, const int64_t &, const std::string &,
             const std::string &>
  key() const {
    return std::tie(At.File, At.Line, Function, Role);
  }
};

std::vector<EntryPoint> entryPointsOf(const Program &Whole, bool IsOpenWorld) {
  std::vector<EntryPoint> All;
  for (const auto &Entry : Whole.functions()) {
    const Function &F = Entry.second;
    if (F.At.File.empty())
      continue;
    for (const auto &[Name, Why] : F.Roles) {
      ddi_role Role;
      if (ddi_find_role(Name.c_str(), &Role))
        All.push_back(
            {F.At, F.Spelling, Name, ddi_role_context(&Role), Why});
    }
    if (IsOpenWorld || !F.IsInCode || !Whole.isAssumedEntry(F))
      continue;
    ddi_context Assumed = {};
    Assumed.known = true;
    All.push_back(
        {F.At, F.Spelling, "", Assumed, {"nothing given calls it", {}}});
  }
  std::sort(All.begin(), All.end());
  All.erase(std::unique(All.begin(), All.end()), All.end());
  return All;
}

std::string levelsOf(const ddi_context &Context) {
  int Low = Context.irql.low, High = Context.irql.high;
  std::string Highest = ddi_level_name(High);
  if (Low == High)
    return "at " + Highest;
  if (Low > DDI_PASSIVE_LEVEL)
    return "from " + std::string(ddi_level_name(Low)) + " to " + Highest;
  return High == DDI_HIGH_LEVEL ? "at any IRQL" : "at " + Highest + " or below";
}

/// What is not known is left out.
std::string contextOf(const ddi_context &Context) {
  std::string Text = levelsOf(Context);
  if (Context.irql_if_asked)
    Text += std::string(", or up to ") +
            ddi_level_name(Context.irql_if_asked) + " where it asks";
  if (Context.in_critical_region)
    Text += ", in a critical region";
  else if (!Context.region_unknown && Context.irql.high < DDI_APC_LEVEL)
    Text += ", with APCs enabled";
  if (Context.held.name)
    Text += std::string(", with ") + Context.held.name + " held";
  else if (!Context.may_hold)
    Text += ", with nothing held";
  return Text;
}

std::string reasonOf(const Reason &Why) {
  return Why.At.File.empty()
             ? Why.What
             : Why.What + " at " + Why.At.File + ":" +
                   std::to_string(Why.At.Line);
}

llvm::json::Value toJSON(const EntryPoint &E) {
  const char *Region = E.Context.in_critical_region ? "critical"
                       : E.Context.region_unknown   ? "unknown"
                                                    : "none";
  llvm::json::Object O{{"at", E.At},
                       {"function", E.Function},
                       {"assumed", E.Role.empty()},
                       {"irql_min", ddi_level_name(E.Context.irql.low)},
                       {"irql_max", ddi_level_name(E.Context.irql.high)},
                       {"region", Region},
                       {"may_hold", E.Context.may_hold},
                       {"holds", E.Context.held.name ? E.Context.held.name : ""},
                       {"why", reasonOf(E.Why)}};
  if (!E.Role.empty())
    O["role"] = E.Role;
  if (E.Context.irql_if_asked)
    O["irql_if_asked"] = ddi_level_name(E.Context.irql_if_asked);
  return O;
}

} // namespace

size_t countEntryPoints(const Program &Whole, bool IsOpenWorld) {
  std::set<std::tuple<std::string, int64_t, std::string>> Functions;
  for (const EntryPoint &E : entryPointsOf(Whole, IsOpenWorld))
    Functions.insert({E.At.File, E.At.Line, E.Function});
  return Functions.size();
}

void printEntryPoints(llvm::raw_ostream &OS, const Program &Whole, bool AsJSON,
                      bool IsOpenWorld) {
  for (const EntryPoint &E : entryPointsOf(Whole, IsOpenWorld)) {
    if (AsJSON)
      OS << toJSON(E) << '\n';
    else
      OS << E.At.File << ':' << E.At.Line << ": " << E.Function << ": "
         << (E.Role.empty() ? "assumed" : E.Role) << ", "
         << contextOf(E.Context) << "; " << reasonOf(E.Why) << '\n';
  }
  OS.flush();
}

} // namespace ddi
