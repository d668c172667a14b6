//===- Pages.cpp - The rules as text, from their tables -------------------===//

#include "Pages.h"
#include "ddi_core.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
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

json::Value toJSON(const ddi_rule &Rule) {
  return json::Object{{"name", Rule.name},
                      {"summary", Rule.summary},
                      {"text", Rule.text},
                      {"url", Rule.url},
                      {"bad", Rule.bad},
                      {"good", Rule.good},
                      {"aliases", aliasesOf(Rule)},
                      {"reported", reportedBy(Rule)}};
}

} // namespace

ExitStatus explain(StringRef Name) {
  Name.consume_front("ddi.");
  const ddi_rule *Rule = ddi_find_rule(Name.str().c_str());
  if (!Rule)
    return fail("there is no rule '" + Name + "'; --list-rules prints them all");
  outs() << "ddi." << Rule->name << "\n\n";
  printWrapped(Rule->summary, 0);
  outs() << '\n';
  printWrapped(Rule->text, 0);
  outs() << "\nReported:\n\n";
  for (const std::string &Text : reportedBy(*Rule))
    printWrapped("- " + Text, 2);
  printCode("Wrong", Rule->bad);
  printCode("Right", Rule->good);
  outs() << "\nMicrosoft: " << Rule->url << '\n';
  return Clean;
}

ExitStatus listRules(bool AsJSON) {
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule) {
    if (AsJSON)
      outs() << toJSON(**Rule) << '\n';
    else
      outs() << "ddi." << (*Rule)->name << "\n    " << (*Rule)->summary << '\n';
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
