//===- Worker.cpp - One file, in a process of its own ---------------------===//

#include "Worker.h"
#include "Compat.h"
#include "Contracts.h"
#include "Exit.h"
#include "Findings.h"
#include "Program.h"
#include "Registry.h"
#include "Sal.h"
#include "SehLowering.h"
#include "SketchReader.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/StaticAnalyzer/Frontend/AnalysisConsumer.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace clang;

namespace ddi {

llvm::json::Value toJSON(const Job &J) {
  return llvm::json::Object{{"directory", J.Directory},
                            {"file", J.File},
                            {"output", J.Output},
                            {"index", J.Index},
                            {"command", J.Command},
                            {"rules", J.Rules},
                            {"strictness", J.Strictness},
                            {"world", J.World},
                            {"contracts", J.WantsContracts},
                            {"sketches", J.WantsSketches}};
}

bool fromJSON(const llvm::json::Value &V, Job &J, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  return O && O.map("directory", J.Directory) && O.map("file", J.File) &&
         O.map("output", J.Output) && O.map("index", J.Index) &&
         O.map("command", J.Command) && O.map("rules", J.Rules) &&
         O.map("strictness", J.Strictness) && O.map("world", J.World) &&
         O.map("contracts", J.WantsContracts) &&
         O.map("sketches", J.WantsSketches);
}

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

class ReadAction : public ASTFrontendAction {
public:
  explicit ReadAction(Program &Into) : Into(Into) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    struct Consumer : ASTConsumer {
      Program &Into;
      std::shared_ptr<Sal> Annotations;
      Consumer(Program &Into, std::shared_ptr<Sal> Annotations)
          : Into(Into), Annotations(std::move(Annotations)) {}
      void HandleTranslationUnit(ASTContext &Context) override {
        Annotations->attach(Context);
        Into = Program::read(Context, *Annotations);
        lowerSeh(Context);
        Into.sketch(Context);
      }
    };
    return std::make_unique<Consumer>(Into, Sal::record(CI.getPreprocessor()));
  }

private:
  Program &Into;
};

class ContractsAction : public ASTFrontendAction {
public:
  explicit ContractsAction(llvm::json::Array &Into) : Into(Into) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    struct Consumer : ASTConsumer {
      llvm::json::Array &Into;
      std::shared_ptr<Sal> Annotations;
      Consumer(llvm::json::Array &Into, std::shared_ptr<Sal> Annotations)
          : Into(Into), Annotations(std::move(Annotations)) {}
      void HandleTranslationUnit(ASTContext &Context) override {
        Annotations->attach(Context);
        Into = writeContracts(*Annotations, Context.getSourceManager());
      }
    };
    return std::make_unique<Consumer>(Into, Sal::record(CI.getPreprocessor()));
  }

private:
  llvm::json::Array &Into;
};

class SketchesAction : public ASTFrontendAction {
public:
  explicit SketchesAction(std::string &Into) : Into(Into) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    struct Consumer : ASTConsumer {
      std::string &Into;
      std::shared_ptr<Sal> Annotations;
      Consumer(std::string &Into, std::shared_ptr<Sal> Annotations)
          : Into(Into), Annotations(std::move(Annotations)) {}
      void HandleTranslationUnit(ASTContext &Context) override {
        Annotations->attach(Context);
        lowerSeh(Context);
        ddi_names *Names = ddi_names_new();
        llvm::raw_string_ostream OS(Into);
        for (const NamedBody &Each : readSketches(Context, *Annotations, *Names))
          printSketch(OS, Each, *Names);
        ddi_names_free(Names);
      }
    };
    return std::make_unique<Consumer>(Into, Sal::record(CI.getPreprocessor()));
  }

private:
  std::string &Into;
};

class AnalyzeAction : public ASTFrontendAction {
public:
  AnalyzeAction(const Job &J, std::vector<Finding> &Into) : J(J), Into(Into) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    Sal::record(CI.getPreprocessor());
    AnalyzerOptions &Options = CI.getAnalyzerOpts();
    // The analyzer's own modelling, but none of its findings.
    Options.CheckersAndPackages = {{"core", true}};
    // The kernel shares its clock at a fixed address.
    for (const char *Name : compat::EndsPathsAtFixedAddresses)
      Options.CheckersAndPackages.push_back({Name, false});
    Options.SilencedCheckersAndPackages = {"core"};
    for (const std::string &Rule : J.Rules)
      Options.CheckersAndPackages.push_back({"ddi." + Rule, true});
    Options.AnalysisDiagOpt = PD_NONE;
    Options.Config["ddi:strictness"] = J.Strictness;
    Options.Config["ddi:world"] = J.World;
    Options.Config["ddi:index"] = J.Index;
    Options.Config["ddi:alone"] = "true";
    auto Consumer = ento::CreateAnalysisConsumer(CI);
    Consumer->AddCheckerRegistrationFn(registerRules);
    compat::addDiagnosticConsumer(*Consumer, collectFindings(Into));
    return Consumer;
  }

private:
  const Job &J;
  std::vector<Finding> &Into;
};

std::vector<std::string> adjust(const Job &J) {
  using namespace tooling;
  ArgumentsAdjuster Adjuster = combineAdjusters(
      combineAdjusters(getClangStripOutputAdjuster(),
                       getClangStripDependencyFileAdjuster()),
      getClangSyntaxOnlyAdjuster());
  CommandLineArguments Arguments = Adjuster(J.Command, J.File);
  bool HasResources = llvm::any_of(Arguments, [](StringRef Argument) {
    return Argument.starts_with("-resource-dir");
  });
  std::vector<std::string> Extra{"-Wno-everything"};
  if (!HasResources)
    Extra.push_back("-resource-dir=" DDI_RESOURCE_DIR);
  return getInsertArgumentAdjuster(Extra, ArgumentInsertPosition::BEGIN)(
      Arguments, J.File);
}

int run(const Job &J) {
  if (llvm::sys::fs::set_current_path(J.Directory))
    return fail("cannot enter the folder '" + J.Directory +
                "' that the compile database names");
  std::vector<Finding> Findings;
  Program Said;
  llvm::json::Array Contracts;
  std::string Sketches;
  std::unique_ptr<FrontendAction> Action;
  if (J.WantsContracts)
    Action = std::make_unique<ContractsAction>(Contracts);
  else if (J.WantsSketches)
    Action = std::make_unique<SketchesAction>(Sketches);
  else if (J.Index.empty())
    Action = std::make_unique<ReadAction>(Said);
  else
    Action = std::make_unique<AnalyzeAction>(J, Findings);

  FirstError Errors;
  std::vector<std::string> Adjusted = adjust(J);
  std::vector<const char *> Arguments;
  for (const std::string &Argument : Adjusted)
    Arguments.push_back(Argument.c_str());
  bool IsDone = compat::run(Arguments, *Action, Errors) &&
                Errors.getNumErrors() == 0;
  if (!IsDone && Errors.Text.empty())
    Errors.Text = "the compile command is not one that clang accepts";

  llvm::json::Object Answer{{"error", IsDone ? "" : Errors.Text},
                            {"findings", Findings},
                            {"contracts", std::move(Contracts)},
                            {"sketches", std::move(Sketches)},
                            {"program", Said.write()}};
  std::error_code Failure;
  llvm::raw_fd_ostream Out(J.Output, Failure);
  if (Failure)
    return fail("cannot write '" + J.Output + "': " + Failure.message());
  Out << llvm::json::Value(std::move(Answer));
  return 0;
}

} // namespace

int runJob(const std::string &JobFile) {
  auto Text = llvm::MemoryBuffer::getFile(JobFile);
  if (!Text)
    return fail("cannot read the job '" + JobFile + "'");
  llvm::Expected<Job> J = llvm::json::parse<Job>((*Text)->getBuffer());
  if (!J)
    return fail("the job '" + JobFile +
                "' is broken: " + llvm::toString(J.takeError()));
  return run(*J);
}

} // namespace ddi
