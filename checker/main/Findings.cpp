//===- Findings.cpp - What is found, as data, and how it is printed -------===//

#include "Findings.h"
#include "Cache.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <map>
#include <tuple>

using namespace clang;
using namespace ento;

namespace ddi {

//===----------------------------------------------------------------------===//
// As JSON
//===----------------------------------------------------------------------===//

llvm::json::Value toJSON(const Step &S) {
  llvm::json::Object Into{
      {"at", S.At}, {"message", S.Message}, {"depth", S.Depth}};
  if (S.State.getAsObject())
    Into["state"] = S.State;
  return Into;
}

llvm::json::Value toJSON(const Edit &E) {
  return llvm::json::Object{{"file", E.File},
                            {"offset", E.Offset},
                            {"length", E.Length},
                            {"text", E.Text}};
}

llvm::json::Value toJSON(const Finding &F) {
  llvm::json::Object Into{{"at", F.At},           {"rule", F.Rule},
                          {"message", F.Message}, {"function", F.Function},
                          {"path", F.Path},       {"fix", F.Fix},
                          {"root", F.Root}};
  if (F.IsElsewhere)
    Into["elsewhere"] = true;
  if (F.IsOpen)
    Into["level"] = "note";
  if (F.Silenced)
    Into["suppressed"] = *F.Silenced;
  if (F.Inverted)
    Into["order"] = toJSON(*F.Inverted);
  return Into;
}

bool fromJSON(const llvm::json::Value &V, Step &S, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  const llvm::json::Object *Whole = V.getAsObject();
  if (const llvm::json::Value *State = Whole ? Whole->get("state") : nullptr)
    S.State = *State;
  return O && O.map("at", S.At) && O.map("message", S.Message) &&
         O.map("depth", S.Depth);
}

bool fromJSON(const llvm::json::Value &V, Edit &E, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  return O && O.map("file", E.File) && O.map("offset", E.Offset) &&
         O.map("length", E.Length) && O.map("text", E.Text);
}

bool fromJSON(const llvm::json::Value &V, Finding &F, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  return O && O.map("at", F.At) && O.map("rule", F.Rule) &&
         O.map("message", F.Message) && O.map("function", F.Function) &&
         O.map("path", F.Path) && O.map("fix", F.Fix) && O.map("root", F.Root) &&
         O.mapOptional("elsewhere", F.IsElsewhere) &&
         O.map("suppressed", F.Silenced) && O.map("order", F.Inverted);
}

//===----------------------------------------------------------------------===//
// From the analyzer
//===----------------------------------------------------------------------===//

namespace {

constexpr llvm::StringLiteral Prefix = "ddi.";

class Collector : public PathDiagnosticConsumer {
public:
  explicit Collector(std::vector<Finding> &Into) : Into(Into) {}

  StringRef getName() const override { return "ddi-check"; }
  bool supportsCrossFileDiagnostics() const override { return true; }

  void FlushDiagnosticsImpl(std::vector<const PathDiagnostic *> &Diagnostics,
                            FilesMade *) override {
    for (const PathDiagnostic *D : Diagnostics)
      if (StringRef(D->getCheckerName()).starts_with(Prefix))
        collect(*D);
  }

private:
  std::vector<Finding> &Into;

  void collect(const PathDiagnostic &D) {
    const SourceManager &SM = D.path.front()->getLocation().getManager();
    FullSourceLoc Loc = D.getLocation().asLocation();
    if (SM.isInSystemHeader(Loc))
      return;
    Finding F;
    F.At = placeOf(Loc, SM);
    FileID File = SM.getFileID(SM.getExpansionLoc(Loc));
    F.IsElsewhere =
        File != SM.getMainFileID() && SM.getIncludeLoc(File).isInvalid();
    F.Rule = StringRef(D.getCheckerName()).drop_front(Prefix.size()).str();
    F.Message = D.getShortDescription().str();
    if (const auto *Function =
            dyn_cast_or_null<NamedDecl>(D.getDeclWithIssue()))
      F.Function = Function->getNameAsString();
    if (const auto *Root =
            dyn_cast_or_null<NamedDecl>(D.getAnalysisEntryPoint()))
      F.Root = Root->getQualifiedNameAsString();
    walk(D.path, 0, SM, F);
    // The last step repeats the warning itself.
    if (!F.Path.empty()) {
      readEnd(F.Path.back(), F);
      F.Path.pop_back();
    }
    for (const PathDiagnosticPieceRef &Piece : D.path)
      if (Piece->getKind() == PathDiagnosticPiece::Note)
        addStep(Piece.get(), 0, SM, F);
    Into.push_back(std::move(F));
  }

  static void readEnd(const Step &End, Finding &F) {
    llvm::json::Path::Root Root;
    llvm::json::ObjectMapper O(End.State, Root);
    if (End.State.getAsObject())
      (void)(O.map("suppressed", F.Silenced) && O.map("order", F.Inverted));
  }

  void walk(const PathPieces &Pieces, int Depth, const SourceManager &SM,
            Finding &F) {
    for (const PathDiagnosticPieceRef &Piece : Pieces) {
      for (const FixItHint &Hint : Piece->getFixits())
        addFix(Hint, SM, F);
      if (const auto *Call = dyn_cast<PathDiagnosticCallPiece>(Piece.get())) {
        addStep(Call->getCallEnterEvent().get(), Depth, SM, F);
        walk(Call->path, Depth + 1, SM, F);
        addStep(Call->getCallExitEvent().get(), Depth, SM, F);
        continue;
      }
      if (const auto *Macro = dyn_cast<PathDiagnosticMacroPiece>(Piece.get())) {
        walk(Macro->subPieces, Depth, SM, F);
        continue;
      }
      if (Piece->getKind() == PathDiagnosticPiece::Event)
        addStep(Piece.get(), Depth, SM, F);
    }
  }

  static void addStep(const PathDiagnosticPiece *Piece, int Depth,
                      const SourceManager &SM, Finding &F) {
    if (Piece)
      F.Path.push_back({placeOf(Piece->getLocation().asLocation(), SM),
                        Piece->getString().str(), Depth,
                        stateIn(Piece->getTagStr())});
  }

  /// What the engine tells with a step; other tags are the analyzer's.
  static llvm::json::Value stateIn(StringRef Tag) {
    if (!Tag.starts_with("{"))
      return nullptr;
    llvm::Expected<llvm::json::Value> State = llvm::json::parse(Tag);
    if (State)
      return std::move(*State);
    llvm::consumeError(State.takeError());
    return nullptr;
  }

  static void addFix(const FixItHint &Hint, const SourceManager &SM,
                     Finding &F) {
    SourceLocation Begin = Hint.RemoveRange.getBegin();
    bool IsInsertion = Hint.RemoveRange.isCharRange() &&
                       Hint.RemoveRange.getEnd() == Begin;
    tooling::Replacement R =
        IsInsertion ? tooling::Replacement(SM, Begin, 0, Hint.CodeToInsert)
                    : tooling::Replacement(SM, Hint.RemoveRange,
                                           Hint.CodeToInsert);
    if (R.isApplicable())
      F.Fix.push_back({R.getFilePath().str(), R.getReplacementText().str(),
                       int(R.getOffset()), int(R.getLength())});
  }
};

} // namespace

std::unique_ptr<PathDiagnosticConsumer>
collectFindings(std::vector<Finding> &Into) {
  return std::make_unique<Collector>(Into);
}

void sortFindings(std::vector<Finding> &Findings) {
  auto Key = [](const Finding &F) {
    return std::make_tuple(F.At.File, F.At.Line, F.At.Column, F.Rule,
                           F.IsElsewhere);
  };
  auto Rest = [](const Finding &F) {
    std::string Text;
    llvm::raw_string_ostream(Text) << toJSON(F);
    return std::make_tuple(F.IsElsewhere ? "" : F.Message, F.Silenced.has_value(),
                           F.Path.size(), Text);
  };
  std::stable_sort(Findings.begin(), Findings.end(),
                   [&](const Finding &A, const Finding &B) {
                     auto InA = Key(A), InB = Key(B);
                     return InA != InB ? InA < InB : Rest(A) < Rest(B);
                   });
  auto IsSame = [](const Finding &A, const Finding &B) {
    return std::tie(A.At.File, A.At.Line, A.At.Column, A.Rule) ==
               std::tie(B.At.File, B.At.Line, B.At.Column, B.Rule) &&
           (B.IsElsewhere || A.Message == B.Message);
  };
  Findings.erase(std::unique(Findings.begin(), Findings.end(), IsSame),
                 Findings.end());
}

//===----------------------------------------------------------------------===//
// As text
//===----------------------------------------------------------------------===//

static void printLine(raw_ostream &OS, const Place &At,
                      llvm::SourceMgr::DiagKind Kind, const std::string &Text,
                      bool UseColors) {
  llvm::SourceMgr Sources;
  llvm::SMLoc Loc;
  if (auto Buffer = llvm::MemoryBuffer::getFile(At.File)) {
    unsigned Id = Sources.AddNewSourceBuffer(std::move(*Buffer), llvm::SMLoc());
    Loc = Sources.FindLocForLineAndColumn(Id, unsigned(At.Line),
                                          unsigned(At.Column));
  }
  if (Loc.isValid()) {
    Sources.PrintMessage(OS, Loc, Kind, Text, {}, {}, UseColors);
    return;
  }
  OS << At.File << ':' << At.Line << ':' << At.Column
     << (Kind == llvm::SourceMgr::DK_Note ? ": note: " : ": warning: ") << Text
     << '\n';
}

void printFinding(raw_ostream &OS, const Finding &F, bool UseColors) {
  printLine(OS, F.At,
            F.IsOpen ? llvm::SourceMgr::DK_Note : llvm::SourceMgr::DK_Warning,
            F.Message + " [ddi." + F.Rule + "]", UseColors);
  for (const Step &S : F.Path)
    printLine(OS, S.At, llvm::SourceMgr::DK_Note, S.Message, UseColors);
}

//===----------------------------------------------------------------------===//
// Fixes
//===----------------------------------------------------------------------===//

llvm::Expected<unsigned> applyFixes(const std::vector<Finding> &Findings) {
  std::map<std::string, tooling::Replacements> ByFile;
  unsigned Mended = 0;
  for (const Finding &F : Findings) {
    std::map<std::string, tooling::Replacements> Tried = ByFile;
    bool Fits = !F.Fix.empty();
    for (const Edit &E : F.Fix)
      if (llvm::Error Overlap = Tried[E.File].add(tooling::Replacement(
              E.File, unsigned(E.Offset), unsigned(E.Length), E.Text))) {
        llvm::consumeError(std::move(Overlap));
        Fits = false;
      }
    if (!Fits)
      continue;
    ByFile = std::move(Tried);
    ++Mended;
  }
  for (const auto &[File, Edits] : ByFile) {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    if (!Buffer)
      return llvm::createStringError("cannot read '" + File +
                                     "': " + Buffer.getError().message());
    auto Text = tooling::applyAllReplacements((*Buffer)->getBuffer(), Edits);
    if (!Text)
      return Text.takeError();
    llvm::SmallString<256> Real; // and not a link to it
    if (llvm::sys::fs::real_path(File, Real))
      Real = File;
    if (llvm::Error Failure = writeWhole(std::string(Real), *Text))
      return llvm::createStringError("cannot write '" + File + "': " +
                                     llvm::toString(std::move(Failure)));
  }
  return Mended;
}

} // namespace ddi
