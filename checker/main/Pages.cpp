//===- Pages.cpp - The rules as text, from their tables -------------------===//

#include "Pages.h"
#include "RuleNames.h"
#include "ddi_core.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace llvm;

namespace ddi {
namespace {

void printWrapped(StringRef Text, unsigned Indent) {
  SmallVector<StringRef, 8> Paragraphs;
  Text.split(Paragraphs, '\n');
  for (StringRef Paragraph : Paragraphs) {
    SmallVector<StringRef, 64> Words;
    Paragraph.split(Words, ' ', -1, false);
    size_t Column = 0;
    for (StringRef Word : Words) {
      if (Column && Column + 1 + Word.size() > 78) {
        outs() << '\n';
        Column = 0;
      }
      std::string Space(Column ? 1 : Indent, ' ');
      outs() << Space << Word;
      Column += Space.size() + Word.size();
    }
    outs() << "\n";
  }
}

void printCode(StringRef Title, StringRef Code) {
  outs() << '\n' << Title << ":\n\n";
  SmallVector<StringRef, 16> Lines;
  Code.rtrim().split(Lines, '\n');
  for (StringRef Line : Lines)
    outs() << "    " << Line << '\n';
}

/// The sentence of an obligation, with words for what a finding would name.
std::string describe(const ddi_obligation &Row) {
  std::string Text = Row.error;
  auto Replace = [&](StringRef From, StringRef To) {
    for (size_t At; (At = Text.find(From.str())) != std::string::npos;)
      Text.replace(At, From.size(), To.str());
  };
  Replace("'%c'", "The call");
  Replace("'%o'", "the object");
  if (!Text.empty())
    Text[0] = char(toUpper(Text[0]));
  if (Row.only)
    Text += Row.only == DDI_SDV ? " (under --strictness sdv)"
                                : " (under --strictness strict)";
  return Text;
}

/// What the rule reports, each sentence once.
std::vector<std::string> reportedBy(const ddi_rule &Rule) {
  std::vector<std::string> All;
  for (const ddi_obligation *Row = Rule.obligations; Row->at; ++Row)
    if (std::string Text = describe(*Row); !is_contained(All, Text))
      All.push_back(std::move(Text));
  return All;
}

/// The numbers that Code Analysis has for the same thing.
std::vector<std::string> aliasesOf(const ddi_rule &Rule) {
  std::set<unsigned> Numbers;
  for (const ddi_obligation *Row = Rule.obligations; Row->at; ++Row)
    if (Row->alias)
      Numbers.insert(Row->alias);
  std::vector<std::string> All;
  for (unsigned Number : Numbers)
    All.push_back("C" + std::to_string(Number));
  return All;
}

const char *stateOf(const ddi_coverage &Coverage) {
  if (!Coverage.by)
    return "not yet";
  return Coverage.left_out ? "partly" : "checked";
}

std::string leftOut(const char *What) {
  return What ? ", left out: " + std::string(What) : "";
}

std::string pageOf(const ddi_published_rule &Published) {
  return std::string(DDI_RULE_PAGES) + Published.page;
}

/// Every rule by its name: Microsoft's, ours, or both.
struct Listed {
  const ddi_published_rule *Published;
  const ddi_rule *Rule;
  ddi_coverage Coverage;

  explicit Listed(const std::string &Name)
      : Published(ddi_find_published_rule(Name.c_str())),
        Rule(ddi_find_rule(Name.c_str())),
        Coverage(ddi_coverage_of(Name.c_str())) {}

  /// "partly, by wdm.IrqlReturn, left out: ...".
  std::string describe() const {
    std::string Text = stateOf(Coverage);
    if (Coverage.by && Coverage.by != Rule)
      Text += ", by " + std::string(Coverage.by->name);
    return Text + (Published ? "" : ", ours") + leftOut(Coverage.left_out);
  }
};

using Family = std::map<std::string, Listed>;

/// By family, then by name.
std::map<StringRef, Family> listAll() {
  std::map<StringRef, Family> All;
  auto Add = [&](StringRef Name) {
    All[Name.split('.').first].try_emplace(Name.str(), Name.str());
  };
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule)
    Add((*Rule)->name);
  for (unsigned I = 0; I < ddi_published_rule_count; ++I)
    Add(ddi_published_rules[I].name);
  return All;
}

json::Value toJSON(StringRef Name, const Listed &L) {
  json::Object O{{"name", Name},
                 {"state", stateOf(L.Coverage)},
                 {"left_out", L.Coverage.left_out ? L.Coverage.left_out : ""},
                 {"by", L.Coverage.by ? L.Coverage.by->name : ""},
                 {"published", L.Published != nullptr},
                 {"summary", L.Rule ? L.Rule->summary : L.Published->statement},
                 {"url", L.Rule ? L.Rule->url : pageOf(*L.Published)}};
  if (!L.Rule)
    return O;
  O["text"] = L.Rule->text;
  O["bad"] = L.Rule->bad;
  O["good"] = L.Rule->good;
  O["aliases"] = aliasesOf(*L.Rule);
  O["reported"] = reportedBy(*L.Rule);
  return O;
}

/// "wdm: 169 published, 60 checked, 3 partly, 106 not yet", or "sal: ours".
void printHead(StringRef Name, const Family &Rules) {
  unsigned Published = 0, Checked = 0, Partly = 0;
  for (const auto &[_, L] : Rules) {
    if (!L.Published)
      continue;
    ++Published;
    Checked += L.Coverage.by && !L.Coverage.left_out;
    Partly += L.Coverage.left_out != nullptr;
  }
  if (!Published) {
    outs() << Name << ": ours\n";
    return;
  }
  outs() << Name << ": " << Published << " published, " << Checked << " checked, "
         << Partly << " partly, " << Published - Checked - Partly << " not yet\n";
}

void printFamily(StringRef Name, const Family &Rules) {
  size_t Width = 0;
  for (const auto &[Full, _] : Rules)
    Width = std::max(Width, Full.size());
  printHead(Name, Rules);
  for (const auto &[Full, L] : Rules)
    outs() << "  ddi." << left_justify(Full, Width) << "  " << L.describe() << '\n';
}

/// What is published and not checked yet.
void explainPublished(const ddi_published_rule &Published) {
  outs() << "ddi." << Published.name << "\n\n";
  printWrapped(Published.statement, 0);
  outs() << "\nThis rule is not checked yet.\n\nMicrosoft: " << pageOf(Published)
         << '\n';
}

void explainRule(const ddi_rule &Rule) {
  outs() << "ddi." << Rule.name << "\n\n";
  printWrapped(Rule.summary, 0);
  outs() << '\n';
  printWrapped(Rule.text, 0);
  outs() << "\nReported:\n\n";
  for (const std::string &Text : reportedBy(Rule))
    printWrapped("- " + Text, 2);
  if (Rule.covers)
    outs() << "\nPublished:\n\n";
  for (const ddi_covered *Row = Rule.covers; Row && Row->name; ++Row)
    printWrapped("- " + std::string(Row->name) + leftOut(Row->left_out), 2);
  printCode("Wrong", Rule.bad);
  printCode("Right", Rule.good);
  outs() << "\nMicrosoft: " << Rule.url << '\n';
}

} // namespace

ExitStatus explain(StringRef Name) {
  Name.consume_front("ddi.");
  Listed L(Name.str());
  if (!L.Coverage.by && !L.Published)
    return fail(whyUnknown(Name, "--list-rules prints them all"));
  if (!L.Coverage.by) {
    explainPublished(*L.Published);
    return Clean;
  }
  if (!L.Rule)
    outs() << "ddi." << Name << " is checked by\n\n";
  explainRule(*L.Coverage.by);
  return Clean;
}

ExitStatus listRules(bool AsJSON) {
  bool IsFirst = true;
  for (const auto &[Name, Rules] : listAll()) {
    if (AsJSON) {
      for (const auto &[Full, L] : Rules)
        outs() << toJSON(Full, L) << '\n';
      continue;
    }
    outs() << (IsFirst ? "" : "\n");
    IsFirst = false;
    printFamily(Name, Rules);
  }
  return Clean;
}

ExitStatus listRoutines(bool AsJSON) {
  std::set<StringRef> All;
  for (const ddi_routine *const *Model = ddi_models; *Model; ++Model)
    for (const ddi_routine *Row = *Model; Row->name; ++Row)
      All.insert(Row->name);
  for (unsigned I = 0; I < ddi_published_routine_count; ++I)
    All.insert(ddi_published_routines[I].name);
  for (StringRef Name : All) {
    const ddi_routine *Row = ddi_find_routine(Name.str().c_str());
    if (AsJSON)
      outs() << json::Value(json::Object{
                    {"name", Name},
                    {"arguments", Row ? ddi_routine_arity(Row) : 0}})
             << '\n';
    else
      outs() << Name << '\n';
  }
  return Clean;
}

} // namespace ddi
