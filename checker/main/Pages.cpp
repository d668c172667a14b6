//===- Pages.cpp - The rules as text, from their tables -------------------===//

#include "Pages.h"
#include "ddi_core.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
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
  std::vector<std::string> Seen;
  for (const ddi_obligation *Row = Rule->obligations; Row->at; ++Row) {
    std::string Text = describe(*Row);
    if (is_contained(Seen, Text))
      continue;
    Seen.push_back(Text);
    printWrapped("- " + Text, 2);
  }
  printCode("Wrong", Rule->bad);
  printCode("Right", Rule->good);
  outs() << "\nMicrosoft: " << Rule->url << '\n';
  return Clean;
}

ExitStatus listRules() {
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule)
    outs() << "ddi." << (*Rule)->name << "\n    " << (*Rule)->summary
                 << '\n';
  return Clean;
}

} // namespace ddi
