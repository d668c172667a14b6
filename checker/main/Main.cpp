//===- Main.cpp - ddi-check, the stand-alone program ----------------------===//
//
// The parent reads the commands and starts itself again for each file, so that
// a crash loses one file and not the run.  Two rounds: what all files say of the
// program, then the analysis with that knowledge.
//
//===----------------------------------------------------------------------===//

#include "Contracts.h"
#include "EntryPoints.h"
#include "Exit.h"
#include "Findings.h"
#include "Pages.h"
#include "Program.h"
#include "Worker.h"
#include "clang/Basic/Version.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/WithColor.h"
#include <optional>

using namespace clang;
using namespace ddi;

namespace {

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

namespace cl = llvm::cl;

cl::OptionCategory Category("ddi-check options");
cl::opt<std::string> BuildPath("p", cl::cat(Category), cl::value_desc("dir"),
                               cl::desc("The folder of compile_commands.json"));
cl::list<std::string> Files(cl::Positional, cl::cat(Category),
                            cl::desc("[file...] [-- compiler flags]"));
cl::opt<std::string> Format("format", cl::cat(Category), cl::init("text"),
                            cl::value_desc("text|json"),
                            cl::desc("Print for people, or one finding a line"));
cl::list<std::string> RuleNames(
    "rules", cl::cat(Category), cl::CommaSeparated, cl::value_desc("names"),
    cl::desc("Only these rules, as wdm.CriticalRegions or wdm; -name leaves "
             "one out"));
cl::opt<bool> ListRules("list-rules", cl::cat(Category),
                        cl::desc("Print each rule with its sentence"));
cl::opt<std::string> Explain("explain", cl::cat(Category),
                             cl::value_desc("rule"),
                             cl::desc("Print what a rule demands and why"));
cl::opt<std::string>
    Strictness("strictness", cl::cat(Category), cl::init("documented"),
               cl::value_desc("documented|sdv|strict"),
               cl::desc("How much to demand"));
cl::opt<std::string> World("world", cl::cat(Category), cl::init("closed"),
                           cl::value_desc("closed|open"),
                           cl::desc("Whether the files are the whole program"));
cl::opt<bool> ListEntryPoints(
    "roles", cl::cat(Category),
    cl::desc("Print each function that the system enters, as what, and why"));
cl::opt<bool> Fix("fix", cl::cat(Category),
                  cl::desc("Mend in place what has a plain remedy"));
cl::opt<unsigned> Jobs("j", cl::Prefix, cl::cat(Category), cl::init(0),
                       cl::value_desc("n"),
                       cl::desc("Files at a time (default: one per core)"));
cl::opt<bool> Contracts("contracts", cl::cat(Category), cl::Hidden,
                        cl::desc("Print what annotations say, one function a "
                                 "line"));
cl::opt<bool> Sketches("sketches", cl::cat(Category), cl::Hidden,
                       cl::desc("Print the functions as they are solved"));
cl::opt<std::string> JobFile("job", cl::cat(Category), cl::Hidden,
                             cl::desc("For ddi-check itself: do one file"));


//===----------------------------------------------------------------------===//
// All files: the parent
//===----------------------------------------------------------------------===//

/// A folder of its own for jobs and answers, gone at the end.
class Scratch {
public:
  Scratch() { llvm::sys::fs::createUniqueDirectory("ddi-check", Path); }
  ~Scratch() { llvm::sys::fs::remove_directories(Path); }
  std::string file(const Twine &Name) const {
    return (Twine(Path) + "/" + Name).str();
  }
  bool exists() const { return !Path.empty(); }

private:
  llvm::SmallString<128> Path;
};

struct Answer {
  std::string Error; // why the file was not analysed
  std::vector<Finding> Findings;
  llvm::json::Array Contracts;
  std::string Sketches;
  Program Said;
};

Answer parseAnswer(StringRef Text) {
  Answer A;
  llvm::Expected<llvm::json::Value> Value = llvm::json::parse(Text);
  const llvm::json::Object *O = Value ? Value->getAsObject() : nullptr;
  if (!O) {
    if (!Value)
      llvm::consumeError(Value.takeError());
    A.Error = "the analysis left no answer";
    return A;
  }
  A.Error = O->getString("error").value_or("").str();
  llvm::json::Path::Root Root;
  if (const llvm::json::Value *Findings = O->get("findings"))
    llvm::json::fromJSON(*Findings, A.Findings, Root);
  if (const llvm::json::Array *Contracts = O->getArray("contracts"))
    A.Contracts = *Contracts;
  A.Sketches = O->getString("sketches").value_or("").str();
  if (const llvm::json::Value *Said = O->get("program")) {
    std::string Again;
    llvm::raw_string_ostream(Again) << *Said;
    if (llvm::Expected<Program> P = Program::parse(Again))
      A.Said = std::move(*P);
    else
      llvm::consumeError(P.takeError());
  }
  return A;
}

class Run {
public:
  Run(std::string Self, std::vector<tooling::CompileCommand> Commands,
      std::vector<std::string> Rules)
      : Self(std::move(Self)), Commands(std::move(Commands)),
        Rules(std::move(Rules)) {}

  ExitStatus go();
  /// Prints what annotations say, and looks for nothing.
  ExitStatus listContracts();
  /// Prints the sketches of all files, and looks for nothing.
  ExitStatus listSketches();

private:
  std::string Self;
  std::vector<tooling::CompileCommand> Commands;
  std::vector<std::string> Rules;
  Scratch Temporary;

  Answer ask(const tooling::CompileCommand &Command, const std::string &Name,
             const std::string &Index);
  std::vector<Answer> askAll(const std::string &Round,
                             const std::string &Index,
                             const std::vector<Answer> *Before);
  bool complain(const std::vector<Answer> &Answers);
  ExitStatus print(std::vector<Answer> &Answers);
};

/// Makes names that are relative to the folder of the command those as seen from
/// here.
class NamesFrom {
public:
  explicit NamesFrom(StringRef Folder) : Folder(Folder) {
    llvm::SmallString<256> Here;
    llvm::sys::fs::current_path(Here);
    IsHere = llvm::sys::fs::equivalent(Here, Folder);
  }

  void resolve(std::string &File) const {
    if (IsHere || File.empty() || llvm::sys::path::is_absolute(File))
      return;
    llvm::SmallString<256> Path(Folder);
    llvm::sys::path::append(Path, File);
    llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    File = std::string(Path);
  }

  void resolve(Finding &F) const {
    resolve(F.At.File);
    for (Step &S : F.Path)
      resolve(S.At.File);
    for (Edit &E : F.Fix)
      resolve(E.File);
  }

  void resolve(Program &P) const {
    P.forEachFile([&](std::string &File) { resolve(File); });
  }

private:
  std::string Folder;
  bool IsHere;
};

Answer Run::ask(const tooling::CompileCommand &Command, const std::string &Name,
                const std::string &Index) {
  Job J{Command.Directory, Command.Filename, Temporary.file(Name + ".answer"),
        Index,             Command.CommandLine, Rules,
        Strictness,        World,               Contracts, Sketches};
  std::string Asked = Temporary.file(Name + ".job");
  std::error_code Failure;
  {
    llvm::raw_fd_ostream Out(Asked, Failure);
    Out << toJSON(J);
  }
  std::string Log = Temporary.file(Name + ".log");
  std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(""),
                                          StringRef(Log)};
  std::string Error;
  bool DidNotRun = false;
  StringRef Arguments[] = {Self, "--job", Asked};
  int Status = llvm::sys::ExecuteAndWait(Self, Arguments, std::nullopt,
                                         Redirects, 0, 0, &Error, &DidNotRun);
  auto Text = llvm::MemoryBuffer::getFile(J.Output);
  if (Status == 0 && Text) {
    Answer A = parseAnswer((*Text)->getBuffer());
    NamesFrom Names(Command.Directory);
    for (Finding &F : A.Findings)
      Names.resolve(F);
    Names.resolve(A.Said);
    return A;
  }
  Answer A;
  auto Said = llvm::MemoryBuffer::getFile(Log);
  StringRef Line = Said ? (*Said)->getBuffer().split('\n').first : "";
  if (Line.consume_front("ddi-check: error: "))
    A.Error = Line.str();
  else
    A.Error = "the analysis crashed" + (Error.empty() ? "" : " (" + Error + ")") +
              "; the other files are not affected";
  return A;
}

/// One round over all files; a file that failed before is left out.
std::vector<Answer> Run::askAll(const std::string &Round,
                                const std::string &Index,
                                const std::vector<Answer> *Before) {
  std::vector<Answer> Answers(Commands.size());
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Jobs));
  for (size_t I = 0; I < Commands.size(); ++I) {
    if (Before && !(*Before)[I].Error.empty()) {
      Answers[I].Error = (*Before)[I].Error;
      continue;
    }
    Pool.async([&, I] {
      Answers[I] = ask(Commands[I], Round + std::to_string(I), Index);
    });
  }
  Pool.wait();
  return Answers;
}

/// Names the files that could not be analysed; true if there are some.
bool Run::complain(const std::vector<Answer> &Answers) {
  bool HasFailed = false;
  for (size_t I = 0; I < Answers.size(); ++I) {
    if (Answers[I].Error.empty())
      continue;
    HasFailed = true;
    llvm::errs() << "ddi-check: error: '" << Commands[I].Filename
                 << "' was not analysed: " << Answers[I].Error << '\n';
  }
  return HasFailed;
}

ExitStatus Run::print(std::vector<Answer> &Answers) {
  bool HasFailed = complain(Answers);
  std::vector<Finding> All;
  for (const Answer &A : Answers)
    llvm::append_range(All, A.Findings);
  sortFindings(All);
  bool Colors = llvm::WithColor::defaultAutoDetectFunction()(llvm::outs());
  for (const Finding &F : All) {
    if (Format == "json")
      llvm::outs() << toJSON(F) << '\n';
    else
      printFinding(llvm::outs(), F, Colors);
  }
  llvm::outs().flush();
  if (Fix) {
    llvm::Expected<unsigned> Mended = applyFixes(All);
    if (!Mended)
      return fail(llvm::toString(Mended.takeError()));
    llvm::errs() << "ddi-check: " << *Mended << " of " << All.size()
                 << " findings mended; run again to see what is left\n";
  }
  return HasFailed ? FileFailed : All.empty() ? Clean : HasFindings;
}

ExitStatus Run::go() {
  if (!Temporary.exists())
    return fail("cannot make a folder for temporary files; set TMPDIR to a "
                "folder that can be written");
  std::vector<Answer> Said = askAll("read", "", nullptr);
  Program Whole;
  for (const Answer &A : Said)
    Whole.join(A.Said);
  Whole.link();
  if (ListEntryPoints) {
    bool HasFailed = complain(Said);
    printEntryPoints(llvm::outs(), Whole, Format == "json", World == "open");
    return HasFailed ? FileFailed : Clean;
  }
  std::string Index = Temporary.file("index");
  std::error_code Failure;
  {
    llvm::raw_fd_ostream Out(Index, Failure);
    Out << Whole.write();
  }
  std::vector<Answer> Answers = askAll("analyse", Index, &Said);
  return print(Answers);
}

ExitStatus Run::listContracts() {
  std::vector<Answer> Answers = askAll("contracts", "", nullptr);
  llvm::json::Array All;
  for (Answer &A : Answers)
    for (llvm::json::Value &V : A.Contracts)
      All.push_back(std::move(V));
  printContracts(llvm::outs(), std::move(All));
  return complain(Answers) ? FileFailed : Clean;
}

ExitStatus Run::listSketches() {
  std::vector<Answer> Answers = askAll("sketches", "", nullptr);
  for (const Answer &A : Answers)
    llvm::outs() << A.Sketches;
  return complain(Answers) ? FileFailed : Clean;
}

//===----------------------------------------------------------------------===//
// Commands and rules
//===----------------------------------------------------------------------===//

/// "wdm" and "wdm.X" name what they are or contain.
bool isNamed(StringRef Rule, StringRef Name) {
  return Rule == Name ||
         (Rule.starts_with(Name) && Rule[Name.size()] == '.');
}

llvm::Expected<std::vector<std::string>> chooseRules() {
  std::vector<std::string> Chosen;
  bool HasOnly = llvm::any_of(RuleNames, [](StringRef Name) {
    return !Name.starts_with("-");
  });
  for (const std::string &Given : RuleNames) {
    StringRef Name = StringRef(Given);
    Name.consume_front("-");
    Name.consume_front("ddi.");
    bool IsKnown = false;
    for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule)
      IsKnown |= isNamed((*Rule)->name, Name);
    if (!IsKnown)
      return llvm::createStringError("there is no rule '" + Name.str() +
                                     "'; --list-rules prints them all");
  }
  for (const ddi_rule *const *Rule = ddi_rules; *Rule; ++Rule) {
    bool IsOn = !HasOnly;
    for (const std::string &Given : RuleNames) {
      StringRef Name = StringRef(Given);
      bool IsOut = Name.consume_front("-");
      Name.consume_front("ddi.");
      if (isNamed((*Rule)->name, Name))
        IsOn = !IsOut;
    }
    if (IsOn)
      Chosen.push_back((*Rule)->name);
  }
  return Chosen;
}

bool isJSON(StringRef Path, std::string &Why) {
  auto Text = llvm::MemoryBuffer::getFile(Path);
  if (!Text) {
    Why = Text.getError().message();
    return false;
  }
  llvm::Expected<llvm::json::Value> Value =
      llvm::json::parse((*Text)->getBuffer());
  if (!Value)
    Why = llvm::toString(Value.takeError());
  return bool(Value);
}

llvm::Expected<std::vector<tooling::CompileCommand>>
commandsFromDatabase(const std::string &Folder) {
  llvm::SmallString<256> Path(Folder);
  llvm::sys::path::append(Path, "compile_commands.json");
  std::string Why;
  std::unique_ptr<tooling::CompilationDatabase> Database;
  if (isJSON(Path, Why)) // the database's own parser prints what it dislikes
    Database = tooling::JSONCompilationDatabase::loadFromFile(
        Path, Why, tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return llvm::createStringError(
        "'" + Path.str().str() + "' cannot be used as a compile database: " +
        StringRef(Why).rtrim().str() +
        "; let the build write one (CMake: CMAKE_EXPORT_COMPILE_COMMANDS), or "
        "give the flags after --");
  std::vector<tooling::CompileCommand> All = Database->getAllCompileCommands();
  if (All.empty())
    return llvm::createStringError("'" + Path.str().str() +
                                   "' names no files; build the driver first");
  if (Files.empty())
    return All;
  std::vector<tooling::CompileCommand> Wanted;
  for (const std::string &File : Files) {
    llvm::SmallString<256> Absolute(File);
    llvm::sys::fs::make_absolute(Absolute);
    llvm::sys::path::remove_dots(Absolute, true);
    auto Commands = Database->getCompileCommands(Absolute);
    if (Commands.empty())
      return llvm::createStringError(
          "'" + File + "' is not in '" + Path.str().str() +
          "'; add it to the build, or give its flags after --");
    llvm::append_range(Wanted, Commands);
  }
  return Wanted;
}

llvm::Expected<std::vector<tooling::CompileCommand>>
findCommands(const std::optional<std::vector<std::string>> &Flags) {
  if (!BuildPath.empty() && Flags)
    return llvm::createStringError("give either -p or flags after --, not both");
  if (!BuildPath.empty())
    return commandsFromDatabase(BuildPath);
  if (Files.empty())
    return llvm::createStringError(
        "nothing to do: give -p with the folder of compile_commands.json, or "
        "files with '-- flags' (--help tells more)");
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  if (!Flags)
    return llvm::createStringError(
        "no compile flags for '" + Files.front() +
        "': give -p with the folder of compile_commands.json, or '-- flags' "
        "behind the files");
  std::vector<tooling::CompileCommand> Commands;
  for (const std::string &File : Files) {
    std::vector<std::string> Line{"clang"};
    llvm::append_range(Line, *Flags);
    Line.push_back(File);
    Commands.emplace_back(Here, File, Line, "");
  }
  return Commands;
}

void printVersion(llvm::raw_ostream &OS) {
  OS << "ddi-check, with LLVM " << CLANG_VERSION_STRING << '\n';
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM Init(argc, argv);
  // What follows "--" is the compiler's.
  std::optional<std::vector<std::string>> Flags;
  int Count = argc;
  for (int I = 1; I < argc; ++I)
    if (StringRef(argv[I]) == "--") {
      Flags.emplace(argv + I + 1, argv + argc);
      Count = I;
      break;
    }
  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter(printVersion);
  std::string Complaint;
  llvm::raw_string_ostream ComplaintStream(Complaint);
  if (!cl::ParseCommandLineOptions(
          Count, argv,
          "ddi-check: DDI compliance rules for Windows kernel drivers\n\n"
          "  exit status: 0 clean, 2 findings, 3 some file could not be "
          "analysed, 1 ddi-check failed\n",
          &ComplaintStream))
    return fail(StringRef(ComplaintStream.str()).split('\n').first.split(": ").second +
                " (--help prints the options)");

  if (!JobFile.empty())
    return runJob(JobFile);
  if (ListRules)
    return listRules();
  if (!Explain.empty())
    return explain(Explain);
  if (Strictness != "documented" && Strictness != "sdv" &&
      Strictness != "strict")
    return fail("there is no strictness '" + Strictness +
                "'; it is documented, sdv or strict");
  if (World != "closed" && World != "open")
    return fail("there is no world '" + World + "'; it is closed or open");
  if (Format != "text" && Format != "json")
    return fail("there is no format '" + Format + "'; it is text or json");
  llvm::Expected<std::vector<std::string>> Rules = chooseRules();
  if (!Rules)
    return fail(llvm::toString(Rules.takeError()));
  llvm::Expected<std::vector<tooling::CompileCommand>> Commands =
      findCommands(Flags);
  if (!Commands)
    return fail(llvm::toString(Commands.takeError()));
  std::string Self =
      llvm::sys::fs::getMainExecutable(argv[0], reinterpret_cast<void *>(main));
  Run All(Self, std::move(*Commands), std::move(*Rules));
  return Contracts  ? All.listContracts()
         : Sketches ? All.listSketches()
                    : All.go();
}
