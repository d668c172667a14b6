//===- Suppressions.cpp - What silences findings in one translation unit --===//

#include "Suppressions.h"
#include "RuleNames.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
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
  void SourceRangeSkipped(SourceRange Range, SourceLocation) override {
    Into.skip(Range);
  }

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

  /// As "suppress: 28167 28150" or "push"; a text gives the reason. False behind the
  /// last.
  bool readOne(Preprocessor &PP, Token &T, SourceLocation At) {
    std::string What = T.isAnnotation() ? "" : PP.getSpelling(T), Reason;
    llvm::SmallVector<int, 4> Numbers;
    while (T.isNot(tok::eod) && T.isNot(tok::eof) && T.isNot(tok::semi)) {
      PP.Lex(T);
      uint64_t Number;
      if (T.is(tok::numeric_constant) &&
          !StringRef(PP.getSpelling(T)).getAsInteger(10, Number) &&
          Number < INT_MAX)
        Numbers.push_back(int(Number));
      if (tok::isStringLiteral(T.getKind()))
        Reason += StringRef(PP.getSpelling(T)).ltrim("LuU8").trim('"');
    }
    if (What == "suppress")
      Into.suppressNext(At, Numbers, Reason);
    else if (What == "push")
      Into.push();
    else if (What == "pop")
      Into.pop(At);
    else
      Into.turn(What == "disable", At, Numbers, Reason);
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
  OffBy Before = std::move(Off);
  Off = std::move(Pushed.back());
  Pushed.pop_back();
  for (const auto &[Number, By] : Before)
    if (!Off.count(Number))
      Changes[Number].push_back({At, nullptr});
  for (const auto &[Number, By] : Off)
    if (!Before.count(Number))
      Changes[Number].push_back({At, By});
}

const Suppressions::Pragma *Suppressions::note(SourceLocation At,
                                               ArrayRef<int> Numbers,
                                               StringRef Reason) {
  Pragma P{At, {}, Reason.str()};
  for (int Number : Numbers)
    if (isAlias(unsigned(Number)))
      P.Numbers.push_back(std::to_string(Number));
  Pragmas.push_back(std::move(P));
  return &Pragmas.back();
}

void Suppressions::turn(bool IsOff, SourceLocation At, ArrayRef<int> Numbers,
                        StringRef Reason) {
  if (llvm::none_of(Numbers, isOfCodeAnalysis))
    return;
  const Pragma *By = IsOff ? note(At, Numbers, Reason) : nullptr;
  for (int Number : Numbers) {
    if (!isOfCodeAnalysis(Number))
      continue;
    bool IsNew = IsOff ? Off.try_emplace(unsigned(Number), By).second
                       : Off.erase(unsigned(Number)) != 0;
    if (IsNew)
      Changes[unsigned(Number)].push_back({At, By});
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

void Suppressions::suppressNext(SourceLocation At, ArrayRef<int> Numbers,
                                StringRef Reason) {
  if (llvm::none_of(Numbers, isOfCodeAnalysis))
    return;
  SourceLocation Code = nextCode(At, SM, PP.getLangOpts());
  if (Code.isInvalid())
    return;
  const Pragma *By = note(At, Numbers, Reason);
  auto [File, Offset] = SM.getDecomposedLoc(Code);
  for (int Number : Numbers)
    Lines.insert(
        {{File.getHashValue(), SM.getLineNumber(File, Offset), Number}, By});
}

void Suppressions::skip(SourceRange Range) {
  if (isOfDriver(Range.getBegin()))
    Skipped.push_back(Range);
}

const Suppressions::Pragma *Suppressions::pragmaAt(SourceLocation At,
                                                   unsigned Number) const {
  auto [File, Offset] = SM.getDecomposedLoc(At);
  auto Line =
      Lines.find({File.getHashValue(), SM.getLineNumber(File, Offset), Number});
  if (Line != Lines.end())
    return Line->second;
  auto Found = Changes.find(Number);
  if (Found == Changes.end())
    return nullptr;
  auto Next = llvm::partition_point(Found->second, [&](const Change &C) {
    return SM.isBeforeInTranslationUnit(C.At, At);
  });
  return Next == Found->second.begin() ? nullptr : std::prev(Next)->By;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// The analyzer honours those that name nothing.
class Suppressions::AttributeFinder
    : public RecursiveASTVisitor<Suppressions::AttributeFinder> {
public:
  AttributeFinder(Suppressions &Into, ASTContext &Context, Handling Handled)
      : Into(Into), Context(Context), Handled(Handled) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitDecl(Decl *D) {
    for (const auto *Each : D->specific_attrs<SuppressAttr>())
      add(*Each, D->getSourceRange());
    if (Handled == Takes && D->hasAttrs())
      D->dropAttr<SuppressAttr>();
    return true;
  }

  /// Its attributes are not made to be changed: another one stands in.
  bool VisitAttributedStmt(AttributedStmt *S) {
    for (const Attr *const &Each : S->getAttrs()) {
      const auto *Ours = dyn_cast<SuppressAttr>(Each);
      if (!Ours)
        continue;
      add(*Ours, S->getSourceRange());
      if (Handled == Takes)
        const_cast<const Attr *&>(Each) = UnusedAttr::CreateImplicit(Context);
    }
    return true;
  }

private:
  Suppressions &Into;
  ASTContext &Context;
  Handling Handled;

  void add(const SuppressAttr &Written, SourceRange Over) {
    Attribute A{Written.getLocation(), Over, {}, false};
    for (StringRef Name : Written.diagnosticIdentifiers()) {
      Name.consume_front("ddi.");
      if (isKnown(Name))
        A.Rules.push_back(Name.str());
    }
    A.IsOfOthers = A.Rules.empty() && Written.diagnosticIdentifiers_size();
    Into.Attributes.push_back(std::move(A));
  }
};

void Suppressions::readAttributes(ASTContext &Context, Handling Handled) {
  if (Context.Idents.find("suppress") == Context.Idents.end())
    return;
  AttributeFinder Finder(*this, Context, Handled);
  for (Decl *D : Context.getTranslationUnitDecl()->decls())
    if (isOfDriver(D->getLocation()))
      Finder.TraverseDecl(D);
}

//===----------------------------------------------------------------------===//
// Asking
//===----------------------------------------------------------------------===//

bool Suppressions::isOfDriver(SourceLocation At) const {
  return At.isValid() && !SM.isInSystemHeader(SM.getExpansionLoc(At)) &&
         !SM.isWrittenInBuiltinFile(SM.getExpansionLoc(At));
}

const std::vector<SilencingComment> &
Suppressions::commentsIn(FileID File) const {
  auto [It, IsNew] = Comments.try_emplace(File);
  if (IsNew)
    if (std::optional<StringRef> Text = SM.getBufferDataOrNone(File))
      It->second = silencingComments(*Text);
  return It->second;
}

Suppression Suppressions::describe(const SilencingComment &C,
                                   FileID File) const {
  Suppression S = C.Is;
  S.At.File = placeOf(SM.getLocForStartOfFile(File), SM).File;
  return S;
}

Suppression Suppressions::describe(const Pragma &P) const {
  return {placeOf(P.At, SM), "pragma", P.Numbers, P.Reason, {}};
}

Suppression Suppressions::describe(const Attribute &A) const {
  return {placeOf(A.At, SM), "attribute", A.Rules, "", {}};
}

void Suppressions::findAt(SourceLocation At, StringRef Rule, unsigned Number,
                          std::vector<Suppression> &Into) const {
  if (At.isInvalid())
    return;
  At = SM.getExpansionLoc(At);
  auto [File, Offset] = SM.getDecomposedLoc(At);
  unsigned Line = SM.getLineNumber(File, Offset);
  for (const SilencingComment &C : commentsIn(File))
    if (C.covers(Line, Rule))
      Into.push_back(describe(C, File));
  if (const Pragma *By = Number ? pragmaAt(At, Number) : nullptr)
    Into.push_back(describe(*By));
  for (const Attribute &A : Attributes) {
    bool IsMeant = A.Rules.empty() ||
                   llvm::any_of(A.Rules, [&](StringRef Name) {
                     return isNamed(Rule, Name);
                   });
    if (!A.IsOfOthers && IsMeant &&
        SM.isPointWithin(At, SM.getExpansionLoc(A.Over.getBegin()),
                         SM.getExpansionLoc(A.Over.getEnd())))
      Into.push_back(describe(A));
  }
}

std::optional<Suppression> chooseOne(std::vector<Suppression> All) {
  if (All.empty())
    return std::nullopt;
  auto Best = llvm::find_if(
      All, [](const Suppression &S) { return !S.lacksReason(); });
  return std::move(Best == All.end() ? All.front() : *Best);
}

std::optional<Suppression> Suppressions::find(ArrayRef<SourceLocation> Places,
                                              StringRef Rule,
                                              unsigned Number) const {
  std::vector<Suppression> All;
  for (SourceLocation At : Places)
    findAt(At, Rule, Number, All);
  return chooseOne(std::move(All));
}

bool Suppressions::isSkipped(FileID File, const SilencingComment &C) const {
  return llvm::any_of(Skipped, [&](SourceRange Range) {
    return SM.getFileID(Range.getBegin()) == File &&
           SM.getExpansionLineNumber(Range.getBegin()) <=
               unsigned(C.Is.At.Line) &&
           unsigned(C.Is.At.Line) <= SM.getExpansionLineNumber(Range.getEnd());
  });
}

std::vector<Suppression> Suppressions::all() const {
  std::map<Place, Suppression> All; // a header may be read twice
  auto Add = [&](Suppression S) { All.try_emplace(S.At, std::move(S)); };
  for (unsigned I = 0; I < SM.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = SM.getLocalSLocEntry(I);
    if (!Entry.isFile() ||
        Entry.getFile().getFileCharacteristic() != SrcMgr::C_User)
      continue;
    FileID File =
        SM.getFileID(SourceLocation::getFromRawEncoding(Entry.getOffset()));
    for (const SilencingComment &C : commentsIn(File))
      if (!isSkipped(File, C))
        Add(describe(C, File));
  }
  for (const Pragma &P : Pragmas)
    if (!P.Numbers.empty() && isOfDriver(P.At))
      Add(describe(P));
  for (const Attribute &A : Attributes)
    if (!A.Rules.empty())
      Add(describe(A));
  std::vector<Suppression> Ordered;
  for (auto &[At, S] : All)
    Ordered.push_back(std::move(S));
  return Ordered;
}

} // namespace ddi
