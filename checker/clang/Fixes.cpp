//===- Fixes.cpp - The remedy, where it is plain --------------------------===//

#include "Fixes.h"
#include "Objects.h"
#include "Program.h"
#include "Wrappers.h"
#include "clang/AST/ParentMap.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace ddi {
namespace {

/// The call as a statement of its own in a block, not inside a macro.
struct Line {
  const CompoundStmt *Block = nullptr;
  const Stmt *Statement = nullptr;
};

Line lineOf(const CallExpr &Call, ParentMap &Parents) {
  const Stmt *Statement = &Call;
  const Stmt *Parent = Parents.getParentIgnoreParens(Statement);
  while (Parent && isa<CastExpr>(Parent)) {
    Statement = Parent;
    Parent = Parents.getParentIgnoreParens(Parent);
  }
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Parent);
  return {Block, Statement};
}

const CallExpr *callIn(const Stmt *Statement) {
  const auto *E = dyn_cast<Expr>(Statement);
  return E ? dyn_cast<CallExpr>(E->IgnoreParenCasts()) : nullptr;
}

bool mayLeave(const Stmt *S) {
  if (isa<ReturnStmt, GotoStmt, BreakStmt, ContinueStmt, SEHLeaveStmt>(S))
    return true;
  return llvm::any_of(S->children(), [](const Stmt *Child) {
    return Child && mayLeave(Child);
  });
}

/// Writes text at places of the main text, with the indentation found there.
class Writer {
public:
  explicit Writer(ASTContext &Context)
      : SM(Context.getSourceManager()), Options(Context.getLangOpts()) {}

  std::string indentation(SourceLocation Loc) const {
    StringRef Text = SM.getBufferData(SM.getFileID(Loc));
    size_t At = SM.getFileOffset(Loc), Start = At;
    while (Start > 0 && Text[Start - 1] != '\n')
      --Start;
    StringRef Before = Text.substr(Start, At - Start);
    return Before.trim().empty() ? Before.str() : "";
  }

  SourceLocation behindSemicolon(const Stmt *Statement) const {
    SourceLocation End = SM.getExpansionRange(Statement->getSourceRange())
                             .getEnd();
    return Lexer::findLocationAfterToken(
        Lexer::getLocForEndOfToken(End, 0, SM, Options).getLocWithOffset(-1),
        tok::semi, SM, Options, /*SkipTrailingWhitespaceAndNewLine=*/false);
  }

  const SourceManager &SM;
  const LangOptions &Options;
};

std::vector<FixItHint> enterAndLeave(const ddi_event &Event,
                                     const CallExpr &Call,
                                     AnalysisDeclContext *Function) {
  Line Acquire = lineOf(Call, Function->getParentMap());
  if (!Acquire.Block || Call.getNumArgs() == 0)
    return {};
  ASTContext &Context = Function->getASTContext();
  std::string Object = spellObject(Call.getArg(0), Context);

  const Stmt *Release = nullptr;
  bool IsBehind = false;
  for (const Stmt *Statement : Acquire.Block->body()) {
    if (Statement == Acquire.Statement) {
      IsBehind = true;
      continue;
    }
    const CallExpr *Other = IsBehind ? callIn(Statement) : nullptr;
    const ddi_routine *Row = Other ? routineOf(Other->getDirectCallee()) : nullptr;
    bool IsRelease = Row && Other->getNumArgs() &&
                     (Row->effects[0].op & (DDI_RELEASE | DDI_RELEASE_FOR)) &&
                     Row->effects[0].kind == Event.kind &&
                     spellObject(Other->getArg(0), Context) == Object;
    if (IsRelease) {
      Release = Statement;
      break;
    }
    if (IsBehind && mayLeave(Statement))
      return {}; // the region would stay open there
  }
  Writer W(Context);
  SourceLocation Before = W.SM.getExpansionLoc(Acquire.Statement->getBeginLoc());
  SourceLocation Behind = Release ? W.behindSemicolon(Release)
                                  : SourceLocation();
  if (Behind.isInvalid() || !W.SM.isInMainFile(Before))
    return {};
  std::string Indent = W.indentation(Before);
  return {FixItHint::CreateInsertion(Before,
                                     "KeEnterCriticalRegion();\n" + Indent),
          FixItHint::CreateInsertion(Behind,
                                     "\n" + Indent + "KeLeaveCriticalRegion();")};
}

/// Shared for Exclusive or the reverse, in the name that the user wrote.
std::vector<FixItHint> otherMode(const ddi_event &Event, const CallExpr &Call,
                                 AnalysisDeclContext *Function) {
  ASTContext &Context = Function->getASTContext();
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Call.getBeginLoc());
  std::string Name =
      Lexer::getSourceText(
          CharSourceRange::getTokenRange(Loc), SM, Context.getLangOpts())
          .str();
  StringRef From = Event.mode == DDI_SHARED ? "Shared" : "Exclusive";
  StringRef To = Event.mode == DDI_SHARED ? "Exclusive" : "Shared";
  size_t At = Name.find(From.str());
  if (At == std::string::npos || Name != spellCall(&Call, Context))
    return {};
  Name.replace(At, From.size(), To.str());
  return {FixItHint::CreateReplacement(CharSourceRange::getTokenRange(Loc),
                                       Name)};
}

} // namespace

std::vector<FixItHint> fixesFor(const ddi_obligation &Broken,
                                const ddi_event &Event, const CallExpr &Call,
                                AnalysisDeclContext *Function) {
  if (wrapperOf(Call.getDirectCallee()))
    return {}; // nobody knows how its counterpart is called
  switch (Broken.fix) {
  case DDI_NO_FIX:
    return {};
  case DDI_FIX_REGION:
    return enterAndLeave(Event, Call, Function);
  case DDI_FIX_MODE:
    return otherMode(Event, Call, Function);
  }
  return {};
}

} // namespace ddi
