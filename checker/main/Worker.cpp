//===- Worker.cpp - One file, in a process of its own ---------------------===//

#include "Worker.h"
#include "Cache.h"
#include "Compat.h"
#include "Contracts.h"
#include "Exit.h"
#include "Limits.h"
#include "Registry.h"
#include "Sal.h"
#include "SehLowering.h"
#include "SketchSet.h"
#include "Suppressions.h"
#include "Wrappers.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/StaticAnalyzer/Frontend/AnalysisConsumer.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cstdlib>
#include <utility>

using namespace clang;

namespace ddi {

//===----------------------------------------------------------------------===//
// What goes between processes
//===----------------------------------------------------------------------===//

static llvm::json::Value toJSON(const Job &J) {
  return llvm::json::Object{{"directory", J.Directory},
                            {"input", J.Input},
                            {"output", J.Output},
                            {"excerpt", J.Excerpt},
                            {"command", J.Command},
                            {"rules", J.Rules},
                            {"wrappers", J.Wrappers},
                            {"strictness", J.Strictness},
                            {"world", J.World},
                            {"contracts", J.WantsContracts},
                            {"again", J.IsAskedAgain},
                            {"lists", J.ListFolder},
                            {"preamble", J.Preamble},
                            {"timeout", J.Timeout},
                            {"memory", J.Memory}};
}

static bool fromJSON(const llvm::json::Value &V, Job &J, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  return O && O.map("directory", J.Directory) && O.map("input", J.Input) &&
         O.map("output", J.Output) && O.map("excerpt", J.Excerpt) &&
         O.map("command", J.Command) && O.map("rules", J.Rules) &&
         O.map("wrappers", J.Wrappers) && O.map("strictness", J.Strictness) && O.map("world", J.World) &&
         O.map("contracts", J.WantsContracts) &&
         O.map("again", J.IsAskedAgain) &&
         O.map("lists", J.ListFolder) && O.map("preamble", J.Preamble) &&
         O.map("timeout", J.Timeout) && O.map("memory", J.Memory);
}

std::optional<Job> readJob(const std::string &JobFile) {
  auto Text = llvm::MemoryBuffer::getFile(JobFile);
  if (!Text) {
    fail("cannot read the job '" + JobFile + "'");
    return std::nullopt;
  }
  llvm::Expected<llvm::json::Value> V = llvm::json::parse((*Text)->getBuffer());
  llvm::json::Path::Root Root;
  Job J;
  if (V && fromJSON(*V, J, Root))
    return J;
  if (!V)
    llvm::consumeError(V.takeError());
  fail("the job '" + JobFile + "' is broken");
  return std::nullopt;
}

bool writeFile(const std::string &Path, StringRef Text) {
  std::error_code Failure;
  llvm::raw_fd_ostream Out(Path, Failure);
  if (Failure)
    return false;
  Out << Text;
  Out.close();
  Failure = Out.error();
  Out.clear_error();
  return !Failure;
}

std::string textOf(const Job &J) {
  std::string Text;
  llvm::raw_string_ostream(Text) << toJSON(J);
  return Text;
}

bool writeJob(const std::string &JobFile, const Job &J) {
  return writeFile(JobFile, textOf(J));
}

// An answer is a line for all but the program and the sketches, whose forms are
// their own.

std::string writeAnswer(const Answer &A) {
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::json::Value(llvm::json::Object{
      {"error", A.Error},
      {"findings", A.Findings},
      {"suppressions", A.Suppressions},
      {"contracts", llvm::json::Array(A.Contracts)},
       {"explored", A.Explored},
       {"lists", A.Lists},
       {"program", A.Program.size()}});
  return Text + '\n' + A.Program + A.Sketches;
}

static bool readLine(StringRef Line, Answer &A, size_t &ProgramSize) {
  llvm::Expected<llvm::json::Value> V = llvm::json::parse(Line);
  if (!V) {
    llvm::consumeError(V.takeError());
    return false;
  }
  llvm::json::Path::Root Root;
  llvm::json::ObjectMapper O(*V, Root);
  const llvm::json::Object *Whole = V->getAsObject();
  if (const llvm::json::Array *All = Whole ? Whole->getArray("contracts") : nullptr)
    A.Contracts = *All;
  uint64_t Size = 0;
  bool IsFine = O && O.map("error", A.Error) && O.map("findings", A.Findings) &&
                O.map("suppressions", A.Suppressions) &&
                O.map("explored", A.Explored) && O.map("lists", A.Lists) &&
                O.map("program", Size);
  ProgramSize = size_t(Size);
  return IsFine;
}

Answer readAnswer(StringRef Text) {
  Answer A;
  size_t ProgramSize = 0;
  auto [Line, Rest] = Text.split('\n');
  if (readLine(Line, A, ProgramSize) && ProgramSize <= Rest.size()) {
    A.Program = Rest.take_front(ProgramSize).str();
    A.Sketches = Rest.drop_front(ProgramSize).str();
    return A;
  }
  Answer None;
  None.Error = "the analysis left no answer";
  return None;
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

namespace {

/// Keeps the first error, for the one line that says why a file was not done.
class FirstError : public DiagnosticConsumer {
public:
  std::string Text;
  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error || !Text.empty())
      return;
    llvm::SmallString<128> Message;
    Info.FormatDiagnostic(Message);
    if (Info.hasSourceManager() && Info.getLocation().isValid()) {
      PresumedLoc At = Info.getSourceManager().getPresumedLoc(
          Info.getSourceManager().getExpansionLoc(Info.getLocation()));
      if (At.isValid())
        Text = (Twine(At.getFilename()) + ":" + Twine(At.getLine()) + ":" +
                Twine(At.getColumn()) + ": ")
                   .str();
    }
    Text += Message.str();
  }
};

/// Headers declare by the thousand what holds none, and define what nobody uses.
bool holdsCode(const Decl &D, const ASTContext &Context) {
  if (D.isImplicit())
    return false;
  bool IsCPlusPlus = Context.getLangOpts().CPlusPlus;
  if (const auto *Function = dyn_cast<FunctionDecl>(&D))
    return (IsCPlusPlus || Function->doesThisDeclarationHaveABody()) &&
           !isOfferedOnly(*Function);
  // In C++ even a typedef may take the address of a function.
  return IsCPlusPlus || !isa<TagDecl, TypedefNameDecl>(D);
}

void addCode(const DeclContext &In, const ASTContext &Context,
             std::vector<Decl *> &Into) {
  for (Decl *D : In.decls()) {
    if (const auto *Linkage = dyn_cast<LinkageSpecDecl>(D))
      addCode(*Linkage, Context, Into);
    else if (holdsCode(*D, Context))
      Into.push_back(D);
  }
}

/// All that the visitors of a translation unit need to see of it.
std::vector<Decl *> declarationsWithCode(const ASTContext &Context) {
  std::vector<Decl *> All;
  addCode(*Context.getTranslationUnitDecl(), Context, All);
  return All;
}

/// Decides late: what is asked of a file may not be known while what it includes
/// is parsed.
class JobConsumer : public ASTConsumer {
public:
  JobConsumer(CompilerInstance &CI, Worker &W, const Job &J, Answer &Into)
      : CI(CI), W(W), J(J), Into(Into),
        Annotations(Sal::record(CI.getPreprocessor())) {}

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    TopLevel.push_back(Group);
    return true;
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    W.parsed();
    if (J.WantsContracts)
      listContracts(Context);
    else if (J.Excerpt.empty())
      read(Context);
    else
      analyse(Context);
  }

private:
  CompilerInstance &CI;
  Worker &W;
  const Job &J;
  Answer &Into;
  std::shared_ptr<Sal> Annotations;
  std::vector<DeclGroupRef> TopLevel;

  void listContracts(ASTContext &Context) {
    Annotations->attach(Context);
    Into.Contracts = writeContracts(*Annotations, Context.getSourceManager());
  }

  void read(ASTContext &Context) {
    Annotations->attach(Context);
    Context.setTraversalScope(declarationsWithCode(Context));
    Program Said = Program::read(Context, *Annotations);
    lowerSeh(Context);
    SketchSet Sketches;
    Sketches.Bodies = readSketches(Context, *Annotations, Sketches.names());
    Annotations->silenced().readAttributes(Context, Suppressions::Reads);
    Into.Suppressions = Annotations->silenced().all();
    unlimitMemory();
    Into.Program = Said.write();
    Into.Sketches = Sketches.write();
  }

  /// What a function may cost; three times as much takes three times as long, and
  /// decides little more.
  static constexpr unsigned Budget = 75000;

  void setOptions(AnalyzerOptions &Options) {
    // The analyzer's own modelling, but none of its findings.
    Options.CheckersAndPackages = {{"core", true}};
    // The kernel shares its clock at a fixed address.
    for (const char *Name : compat::EndsPathsAtFixedAddresses)
      Options.CheckersAndPackages.push_back({Name, false});
    // What is written through a cast, as a union, counts for it as not written.
    for (const char *Name :
         {"core.uninitialized.Assign", "core.UndefinedBinaryOperatorResult"})
      Options.CheckersAndPackages.push_back({Name, false});
    Options.SilencedCheckersAndPackages = {"core"};
    for (const std::string &Rule : J.Rules)
      Options.CheckersAndPackages.push_back({"ddi." + Rule, true});
    Options.AnalysisDiagOpt = PD_NONE;
    Options.MaxNodesPerTopLevelFunction = Budget;
    Options.Config["ddi:strictness"] = J.Strictness;
    Options.Config["ddi:world"] = J.World;
    Options.Config["ddi:excerpt"] = J.Excerpt;
    Options.Config["ddi:alone"] = "true";
  }

  void analyse(ASTContext &Context) {
    setOptions(CI.getAnalyzerOpts());
    auto Analyzer = ento::CreateAnalysisConsumer(CI);
    Analyzer->AddCheckerRegistrationFn(registerRules);
    compat::addDiagnosticConsumer(*Analyzer, collectFindings(Into.Findings));
    Analyzer->Initialize(Context);
    for (DeclGroupRef Group : TopLevel)
      Analyzer->HandleTopLevelDecl(Group);
    Analyzer->HandleTranslationUnit(Context);
    Into.Explored = std::exchange(explorations(), {});
  }
};

class JobAction : public ASTFrontendAction {
public:
  JobAction(Worker &W, const Job &J, Answer &Into) : W(W), J(J), Into(Into) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    auto Consumer = std::make_unique<JobConsumer>(CI, W, J, Into);
    W.begin(CI);
    return Consumer;
  }

private:
  Worker &W;
  const Job &J;
  Answer &Into;
};

} // namespace

Answer Worker::work() {
  Answer A;
  if (llvm::Error Failure = setWrappers(J.Wrappers)) {
    A.Error = llvm::toString(std::move(Failure));
    return A;
  }
  FirstError Errors;
  JobAction Action(*this, J, A);
  std::vector<const char *> Arguments;
  for (const std::string &Argument : J.Command)
    Arguments.push_back(Argument.c_str());
  bool IsDone =
      compat::run(Arguments, Action, Errors, Files,
                  [&](CompilerInstance &CI) { prepare(CI); }) &&
      Errors.getNumErrors() == 0;
  if (!IsDone)
    A.Error = Errors.Text.empty()
                  ? "the compile command is not one that clang accepts"
                  : Errors.Text;
  return A;
}

void Worker::keepList() {
  if (!J.ListFolder.empty())
    Lists.push_back(Cache::keepList(J.ListFolder, Files->take()));
}

bool Worker::deliver(const Answer &A) {
  keepList();
  Answer Whole = A;
  Whole.Lists = Lists;
  return writeFile(J.Output, writeAnswer(Whole));
}

int runJob(const std::string &JobFile) {
  std::optional<Job> J = readJob(JobFile);
  if (!J)
    return ToolFailed;
  if (llvm::sys::fs::set_current_path(J->Directory))
    return fail("cannot enter the folder '" + J->Directory +
                "' that the compile database names");
  limit(*J, /*Socket=*/-1);
  Worker W(*J, llvm::makeIntrusiveRefCnt<Inputs>());
  Answer A = W.work();
  unlimit();
  if (!W.deliver(A))
    return fail("cannot write '" + J->Output + "'");
  // The file is done: what is in memory need not be taken apart.
  std::_Exit(Clean);
}

} // namespace ddi
