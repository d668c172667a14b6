//===- Suppression.cpp - Where the source silences findings -----------------===//

#include "Suppression.h"
#include "RuleNames.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <climits>
#include <optional>

using namespace clang;

namespace ddi {

llvm::json::Value toJSON(const Suppression &S) {
  llvm::json::Object Into{
      {"at", S.At}, {"kind", S.Kind}, {"rules", S.Rules}, {"reason", S.Reason}};
  if (!S.Problems.empty())
    Into["problems"] = S.Problems;
  return Into;
}

bool fromJSON(const llvm::json::Value &V, Suppression &S, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  return O && O.map("at", S.At) && O.map("kind", S.Kind) &&
         O.map("rules", S.Rules) && O.map("reason", S.Reason) &&
         O.mapOptional("problems", S.Problems);
}

bool SilencingComment::covers(unsigned Line, StringRef Rule) const {
  return First <= Line && Line <= Last &&
         llvm::any_of(Is.Rules,
                      [&](StringRef Name) { return isNamed(Rule, Name); });
}

namespace {

constexpr llvm::StringLiteral Marker = "ddi-suppress";

enum class Form { Once, Begin, End };

struct Written {
  Form Is = Form::Once;
  std::vector<std::string> Rules, Problems;
  std::string Reason;
};

/// Without what makes it a comment.
StringRef contentOf(StringRef Comment) {
  if (Comment.consume_front("/*"))
    Comment.consume_back("*/");
  else
    Comment.consume_front("//");
  return Comment.ltrim("*/!<").trim();
}

/// In one line.
std::string joinLines(StringRef Text) {
  llvm::SmallVector<StringRef, 4> Lines;
  Text.split(Lines, '\n');
  std::string Joined;
  for (StringRef Line : Lines) {
    StringRef Plain = Line.trim().ltrim("*").trim();
    if (!Plain.empty())
      Joined += (Joined.empty() ? "" : " ") + Plain.str();
  }
  return Joined;
}

Form readForm(StringRef &Rest, Written &Into) {
  StringRef Ending = Rest.take_while(
      [](char C) { return llvm::isAlnum(C) || C == '-' || C == '_'; });
  Rest = Rest.drop_front(Ending.size());
  if (Ending == "-begin")
    return Form::Begin;
  if (Ending == "-end")
    return Form::End;
  if (!Ending.empty())
    Into.Problems.push_back(("there is no '" + Marker + Ending +
                             "'; it is " + Marker + ", " + Marker +
                             "-begin or " + Marker + "-end")
                                .str());
  return Form::Once;
}

void readNames(StringRef Names, Written &Into) {
  llvm::SmallVector<StringRef, 4> Words;
  llvm::SplitString(Names, Words, " ,;()*\t\r\n");
  for (StringRef Word : Words) {
    Word.consume_front("ddi.");
    if (isKnown(Word))
      Into.Rules.push_back(Word.str());
    else
      Into.Problems.push_back(whyUnknown(
          Word, "the nearest is '" + nearestTo(Word) + "' (a reason follows a colon)"));
  }
  if (Words.empty() && Into.Is != Form::End)
    Into.Problems.push_back("it names no rule");
}

/// Nothing if the comment is about something else.
std::optional<Written> readComment(StringRef Comment) {
  StringRef Rest = contentOf(Comment);
  if (!Rest.consume_front(Marker))
    return std::nullopt;
  Written W;
  W.Is = readForm(Rest, W);
  if (!W.Problems.empty())
    return W;
  auto [Names, Reason] = Rest.ltrim(" \t:(").split(':');
  W.Reason = joinLines(Reason);
  readNames(Names, W);
  return W;
}

/// Walks a text and finds for each comment the lines that it is about.
class CommentReader {
public:
  explicit CommentReader(StringRef Text)
      : Text(Text), Raw(SourceLocation(), options(), Text.begin(), Text.begin(),
                        Text.end()) {
    Raw.SetCommentRetentionState(true);
  }

  std::vector<SilencingComment> read() {
    Token T;
    do {
      Raw.LexFromRawLexer(T);
      size_t End = Raw.getCurrentBufferOffset();
      advance(End - T.getLength());
      if (T.is(tok::comment))
        comment(Text.slice(At, End));
      else if (T.isNot(tok::eof))
        code(T);
    } while (T.isNot(tok::eof));
    return std::move(All);
  }

private:
  StringRef Text;
  Lexer Raw;
  size_t At = 0, LineStart = 0;
  unsigned Line = 1, LastCode = 0;
  bool IsInDirective = false;
  std::vector<SilencingComment> All;
  std::vector<size_t> Waiting, Open; // for the next code, for their end

  static const LangOptions &options() {
    static const LangOptions Options = [] {
      LangOptions Plain;
      Plain.LineComment = true;
      return Plain;
    }();
    return Options;
  }

  void advance(size_t Offset) {
    for (; At < Offset; ++At)
      if (Text[At] == '\n') {
        ++Line;
        LineStart = At + 1;
      }
  }

  void code(const Token &T) {
    if (T.isAtStartOfLine())
      IsInDirective = T.is(tok::hash);
    LastCode = Line;
    if (IsInDirective)
      return;
    for (size_t I : Waiting)
      All[I].First = All[I].Last = Line;
    Waiting.clear();
  }

  void comment(StringRef Comment) {
    std::optional<Written> W = readComment(Comment);
    if (!W)
      return;
    if (W->Is == Form::End) {
      end(*W);
      return;
    }
    add(*W);
    if (W->Is == Form::Begin) {
      All.back().First = Line;
      All.back().Last = UINT_MAX;
      Open.push_back(All.size() - 1);
    } else if (LastCode == Line) {
      All.back().First = All.back().Last = Line;
    } else {
      Waiting.push_back(All.size() - 1);
    }
  }

  void add(const Written &W) {
    SilencingComment C;
    C.Is.At = {"", int(Line), int(At - LineStart) + 1};
    C.Is.Kind = "comment";
    C.Is.Rules = W.Rules;
    C.Is.Reason = W.Reason;
    C.Is.Problems = W.Problems;
    C.First = 1; // no line
    All.push_back(std::move(C));
  }

  /// Of the last that is open and names the same, or of the last.
  void end(const Written &W) {
    auto Found = llvm::find_if(llvm::reverse(Open), [&](size_t I) {
      return W.Rules.empty() || All[I].Is.Rules == W.Rules;
    });
    if (W.Problems.empty() && Found != Open.rend()) {
      All[*Found].Last = Line;
      Open.erase(std::next(Found).base());
      return;
    }
    Written Wrong;
    Wrong.Problems = W.Problems;
    if (Wrong.Problems.empty())
      Wrong.Problems = {"it ends what nothing before it begins"};
    add(Wrong);
  }
};

} // namespace

std::vector<SilencingComment> silencingComments(StringRef Text) {
  // Most files have none.
  if (!Text.contains(Marker))
    return {};
  return CommentReader(Text).read();
}

} // namespace ddi
