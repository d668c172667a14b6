//===- Suppressions.cpp - Pragmas that silence warnings -------------------===//

#include "Suppressions.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace ddi {
namespace {

/// Numbers below are the compiler's, of which nobody asks; headers are full of
/// them.
constexpr int FirstOfCodeAnalysis = 6000;

/// Hears what clang reads itself.
class Listener : public PPCallbacks {
public:
  explicit Listener(Suppressions &Into) : Into(Into) {}

  void PragmaWarning(SourceLocation At, PragmaWarningSpecifier Specifier,
                     ArrayRef<int> Numbers) override {
    if (Specifier == PWS_Suppress)
      Into.suppressNext(At, Numbers);
    else
      Into.turn(Specifier == PWS_Disable, At, Numbers);
  }
  void PragmaWarningPush(SourceLocation, int) override { Into.push(); }
  void PragmaWarningPop(SourceLocation At) override { Into.pop(At); }

private:
  Suppressions &Into;
};

/// Reads a pragma that clang does not know: prefast, and warning where Microsoft's
/// extensions are off.
class Handler : public PragmaHandler {
public:
  Handler(StringRef Name, Suppressions &Into)
      : PragmaHandler(Name), Into(Into) {}

  void HandlePragma(Preprocessor &PP, PragmaIntroducer, Token &First) override {
    SourceLocation At = First.getLocation();
    Token T;
    PP.Lex(T);
    if (T.is(tok::l_paren)) {
      PP.Lex(T);
      while (readOne(PP, T, At))
        ;
    }
    while (T.isNot(tok::eod) && T.isNot(tok::eof))
      PP.Lex(T);
  }

private:
  Suppressions &Into;

  /// As "suppress: 28167 28150" or "push". False behind the last.
  bool readOne(Preprocessor &PP, Token &T, SourceLocation At) {
    std::string What = T.isAnnotation() ? "" : PP.getSpelling(T);
    llvm::SmallVector<int, 4> Numbers;
    while (T.isNot(tok::eod) && T.isNot(tok::eof) && T.isNot(tok::semi)) {
      PP.Lex(T);
      uint64_t Number;
      if (T.is(tok::numeric_constant) &&
          !StringRef(PP.getSpelling(T)).getAsInteger(10, Number) &&
          Number < INT_MAX)
        Numbers.push_back(int(Number));
    }
    if (What == "suppress")
      Into.suppressNext(At, Numbers);
    else if (What == "push")
      Into.push();
    else if (What == "pop")
      Into.pop(At);
    else
      Into.turn(What == "disable", At, Numbers);
    if (T.isNot(tok::semi))
      return false;
    PP.Lex(T);
    return true;
  }
};

bool isOfCodeAnalysis(int Number) { return Number >= FirstOfCodeAnalysis; }

} // namespace

Suppressions::Suppressions(Preprocessor &PP)
    : PP(PP), SM(PP.getSourceManager()) {}

void Suppressions::record() {
  PP.addPPCallbacks(std::make_unique<Listener>(*this));
  PP.AddPragmaHandler(new Handler("prefast", *this)); // PP owns it
  if (!PP.getLangOpts().MicrosoftExt)
    PP.AddPragmaHandler(new Handler("warning", *this));
}

void Suppressions::push() { Pushed.push_back(Off); }

void Suppressions::pop(SourceLocation At) {
  if (Pushed.empty())
    return;
  std::set<unsigned> Before = std::move(Off);
  Off = std::move(Pushed.back());
  Pushed.pop_back();
  for (unsigned Number : Before)
    if (!Off.count(Number))
      Changes[Number].push_back({At, false});
  for (unsigned Number : Off)
    if (!Before.count(Number))
      Changes[Number].push_back({At, true});
}

void Suppressions::turn(bool IsOff, SourceLocation At, ArrayRef<int> Numbers) {
  for (int Number : Numbers) {
    if (!isOfCodeAnalysis(Number))
      continue;
    bool IsNew = IsOff ? Off.insert(Number).second : Off.erase(Number) != 0;
    if (IsNew)
      Changes[Number].push_back({At, IsOff});
  }
}

/// The first token behind the pragma that is no part of a directive.
static SourceLocation nextCode(SourceLocation At, const SourceManager &SM,
                               const LangOptions &Options) {
  bool IsMacro = At.isMacroID();
  SourceLocation From =
      IsMacro ? SM.getExpansionRange(At).getEnd() : SM.getFileLoc(At);
  auto [File, Offset] = SM.getDecomposedLoc(From);
  StringRef Buffer = SM.getBufferData(File);
  StringRef LineBefore = Buffer.take_front(Offset);
  LineBefore = LineBefore.drop_front(LineBefore.find_last_of('\n') + 1);
  bool IsDirective = !IsMacro && LineBefore.ltrim().starts_with("#");

  Lexer Raw(SM.getLocForStartOfFile(File), Options, Buffer.begin(),
            Buffer.begin() + Offset, Buffer.end());
  Token T;
  Raw.LexFromRawLexer(T); // the first one is the pragma's
  // Behind "__pragma(" lies its other bracket.
  for (int Depth = 0; !IsMacro && !IsDirective && T.isNot(tok::eof);) {
    Depth += T.is(tok::l_paren);
    Depth -= T.is(tok::r_paren);
    if (Depth < 0)
      break;
    Raw.LexFromRawLexer(T);
  }
  Raw.LexFromRawLexer(T);
  bool IsInDirective = IsDirective;
  while (T.isNot(tok::eof)) {
    if (T.isAtStartOfLine())
      IsInDirective = T.is(tok::hash);
    if (!IsInDirective)
      return T.getLocation();
    Raw.LexFromRawLexer(T);
  }
  return SourceLocation();
}

void Suppressions::suppressNext(SourceLocation At, ArrayRef<int> Numbers) {
  if (llvm::none_of(Numbers, isOfCodeAnalysis))
    return;
  SourceLocation Code = nextCode(At, SM, PP.getLangOpts());
  if (Code.isInvalid())
    return;
  auto [File, Offset] = SM.getDecomposedLoc(Code);
  for (int Number : Numbers)
    Lines.insert({File.getHashValue(), SM.getLineNumber(File, Offset), Number});
}

bool Suppressions::covers(SourceLocation At, unsigned Number) const {
  if (At.isInvalid())
    return false;
  At = SM.getExpansionLoc(At);
  auto [File, Offset] = SM.getDecomposedLoc(At);
  if (Lines.count({File.getHashValue(), SM.getLineNumber(File, Offset), Number}))
    return true;
  auto Found = Changes.find(Number);
  if (Found == Changes.end())
    return false;
  auto Next = llvm::partition_point(Found->second, [&](const Change &C) {
    return SM.isBeforeInTranslationUnit(C.At, At);
  });
  return Next != Found->second.begin() && std::prev(Next)->IsOff;
}

} // namespace ddi
