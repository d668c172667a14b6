//===- Preamble.cpp - The directives that files begin with ----------------===//

#include "Preamble.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace ddi {
namespace {

enum Kind { Include, Define, Opens, Continues, Closes, Pragma, Other };

Kind kindOf(StringRef Keyword) {
  return llvm::StringSwitch<Kind>(Keyword)
      .Case("include", Include)
      .Case("define", Define)
      .Case("undef", Define)
      .Case("if", Opens)
      .Case("ifdef", Opens)
      .Case("ifndef", Opens)
      .Case("elif", Continues)
      .Case("else", Continues)
      .Case("endif", Closes)
      .Case("pragma", Pragma)
      .Default(Other);
}

/// Not what speaks of the file itself, or of the line that follows.
bool isShareable(Kind What, StringRef Text) {
  if (What == Other || Text.contains("__LINE__") || Text.contains("__FILE__"))
    return false;
  if (What != Pragma)
    return true;
  StringRef Words = Text.split("pragma").second.ltrim();
  return Words.starts_with("pack") ||
         (Words.starts_with("warning") && !Words.contains("suppress"));
}

} // namespace

std::vector<Directive> leadingDirectives(StringRef Text,
                                         const LangOptions &Options) {
  std::vector<Directive> All;
  Lexer Raw(SourceLocation(), Options, Text.begin(), Text.begin(), Text.end());
  auto Begin = [&](const Token &T) {
    return Raw.getCurrentBufferOffset() - T.getLength();
  };
  Token T;
  Raw.LexFromRawLexer(T);
  int Depth = 0;
  while (T.is(tok::hash) && T.isAtStartOfLine()) {
    Directive D;
    D.Begin = Begin(T);
    StringRef Keyword;
    bool IsClean = true;
    do {
      D.End = Raw.getCurrentBufferOffset();
      StringRef Word = Text.slice(Begin(T), D.End);
      if (T.hasLeadingSpace() && !D.Text.empty())
        D.Text += ' ';
      D.Text += Word;
      if (Keyword.empty() && T.is(tok::raw_identifier))
        Keyword = Word;
      IsClean &= !T.needsCleaning();
      Raw.LexFromRawLexer(T);
    } while (!T.isAtStartOfLine() && T.isNot(tok::eof));
    Kind What = kindOf(Keyword);
    Depth += What == Opens ? 1 : What == Closes ? -1 : 0;
    D.Depth = Depth;
    D.IsInclude = What == Include;
    D.IsShareable = IsClean && Depth >= 0 && isShareable(What, D.Text);
    All.push_back(std::move(D));
  }
  return All;
}

size_t firstShare(const std::vector<Directive> &All) {
  bool HasInclude = false;
  for (size_t I = 0; I < All.size() && All[I].IsShareable; ++I) {
    HasInclude |= All[I].IsInclude;
    if (HasInclude && All[I].Depth == 0)
      return I + 1;
  }
  return 0;
}

size_t commonShare(const std::vector<Directive> &A,
                   const std::vector<Directive> &B) {
  size_t Share = 0;
  for (size_t I = 0; I < A.size() && I < B.size(); ++I) {
    if (!A[I].IsShareable || A[I].Text != B[I].Text)
      break;
    if (A[I].Depth == 0)
      Share = I + 1;
  }
  return Share;
}

std::string preambleOf(const std::vector<Directive> &All, size_t Count) {
  std::string Text;
  for (size_t I = 0; I < Count; ++I)
    Text += All[I].Text + '\n';
  return Text;
}

std::optional<std::string> blankPreamble(StringRef Text, StringRef Preamble,
                                         const LangOptions &Options) {
  std::vector<Directive> All = leadingDirectives(Text, Options);
  size_t Count = Preamble.count('\n');
  if (All.size() < Count || preambleOf(All, Count) != Preamble)
    return std::nullopt;
  std::string Blanked = Text.str();
  for (size_t I = 0; I < Count; ++I)
    for (size_t At = All[I].Begin; At < All[I].End; ++At)
      if (Blanked[At] != '\n' && Blanked[At] != '\r')
        Blanked[At] = ' ';
  return Blanked;
}

} // namespace ddi
