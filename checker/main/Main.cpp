//===- Main.cpp - ddi-check, the stand-alone program ----------------------===//
//
// The options, and what they choose.
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "Exit.h"
#include "Pages.h"
#include "Registry.h"
#include "Resident.h"
#include "RuleNames.h"
#include "Run.h"
#include "Server.h"
#include "Worker.h"
#include "Wrappers.h"
#include "ddi_core.h"
#include "clang/Basic/Version.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <csignal>
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
                        cl::desc("Print each rule, Microsoft's and ours, with how far it "
                                 "is checked"));
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
cl::list<std::string>
    GivenRoles("role", cl::cat(Category), cl::CommaSeparated,
               cl::value_desc("function=role"),
               cl::desc("The system enters the function as that, where no "
                        "declaration or registration tells, as "
                        "MyDpc=KDEFERRED_ROUTINE"));
cl::list<std::string>
    GivenWrappers("wrapper", cl::cat(Category), cl::value_desc("function=routine"),
                  cl::desc("The function acts as the routine, as MyAcquire="
                           "ExAcquireResourceExclusiveLite; its arguments in the "
                           "routine's order, if it has another, as "
                           "MyLock=KeAcquireSpinLock(2,3); 0 is one that is not "
                           "given"));
cl::opt<bool> ListRoutines("list-routines", cl::cat(Category),
                           cl::desc("Print each routine that a wrapper can act as"));
cl::opt<std::string>
    IndexFile("index", cl::cat(Category), cl::value_desc("file"),
              cl::desc("What --write-index has written: the files of it that "
                       "are not given are the rest of the driver"));
cl::opt<std::string>
    WriteIndex("write-index", cl::cat(Category), cl::value_desc("file"),
               cl::desc("Keep there, for --index, what the files say of the "
                        "driver"));
cl::opt<bool> Edited(
    "edited", cl::cat(Category),
    cl::desc("With --index: the file is being edited. What the index knows of the "
             "driver counts as it is, nothing is solved anew"));
cl::list<std::string>
    Lines("lines", cl::cat(Category), cl::CommaSeparated,
          cl::value_desc("first-last"),
          cl::desc("Of a file with --edited: only functions with these lines, and "
                   "those of the file that call them"));
cl::opt<bool> ListEntryPoints(
    "roles", cl::cat(Category),
    cl::desc("Print each function that the system enters, as what, and why"));
cl::opt<bool> Fix("fix", cl::cat(Category),
                  cl::desc("Mend in place what has a plain remedy"));
cl::opt<unsigned> Memory("memory", cl::cat(Category), cl::value_desc("MB"),
                         cl::desc("What files that were read may hold until "
                                  "they are analysed; those beyond are parsed "
                                  "again. By default a quarter of all memory, "
                                  "at most 4096"));
cl::opt<unsigned> Jobs("j", cl::Prefix, cl::cat(Category), cl::init(0),
                       cl::value_desc("n"),
                       cl::desc("Files at a time (default: one per core)"));
cl::opt<bool> Contracts("contracts", cl::cat(Category), cl::Hidden,
                        cl::desc("Print what annotations say, one function a "
                                 "line"));
cl::opt<bool> Sketches("sketches", cl::cat(Category), cl::Hidden,
                       cl::desc("Print the functions as they are solved"));
cl::opt<bool> ExploreAll("explore-all", cl::cat(Category), cl::Hidden,
                         cl::desc("Prove nothing: explore every function"));
cl::opt<std::string>
    ExplainCandidate("explain-candidate", cl::cat(Category),
                     cl::value_desc("function|*"),
                     cl::desc("Print why the function, or any, was not proved "
                              "clean and had to be explored"));
cl::opt<bool> Undecided(
    "undecided", cl::cat(Category),
    cl::desc("Print what the budget left undecided, too, as notes"));
cl::opt<std::string>
    ReportFile("report", cl::cat(Category), cl::value_desc("file"),
               cl::desc("Write there, as JSON, how much was looked at, what was "
                        "not, and what is suppressed"));
cl::opt<bool> Suppressed(
    "suppressed", cl::cat(Category),
    cl::desc("With --format json: print what the source silences, too"));
cl::opt<bool> RequireReason(
    "require-reason", cl::cat(Category),
    cl::desc("A comment that silences without a reason does not count"));
cl::opt<unsigned> Timeout("timeout", cl::cat(Category), cl::value_desc("seconds"),
                          cl::desc("What reading or analysing one file may take; "
                                   "one that takes longer is not analysed"));
cl::opt<unsigned> FileMemory("file-memory", cl::cat(Category),
                             cl::value_desc("MB"),
                             cl::desc("The same for memory"));
cl::opt<std::string>
    CacheFolder("cache", cl::cat(Category), cl::value_desc("dir"),
                cl::desc("Where to keep results for the next run (default: "
                         "ddi-check in the user's cache folder)"));
cl::opt<bool> NoCache("no-cache", cl::cat(Category),
                      cl::desc("Keep no results, and use none"));
cl::opt<std::string>
    Share("share", cl::cat(Category), cl::value_desc("i/n"),
          cl::desc("Print nothing: do only the i-th of n shares of the work, for a "
                   "run that finds it in the cache"));
cl::opt<bool> ReadOnly("read-only", cl::cat(Category),
                       cl::desc("Of the share, only what needs no other file"));
cl::opt<bool> NoShare("no-share", cl::cat(Category), cl::Hidden,
                      cl::desc("Parse each file by itself"));
cl::opt<bool> Resident("resident", cl::cat(Category), cl::Hidden,
                       cl::desc("For an editor: do what is asked on stdin, a JSON "
                                "object a line"));
cl::opt<bool> Serve("serve", cl::cat(Category), cl::Hidden,
                    cl::desc("For ddi-check itself: do the files of a run"));
cl::opt<std::string> JobFile("job", cl::cat(Category), cl::Hidden,
                             cl::desc("For ddi-check itself: do one file"));

//===----------------------------------------------------------------------===//
// Commands and rules
//===----------------------------------------------------------------------===//

llvm::Expected<std::vector<std::string>> chooseRules() {
  std::vector<std::string> Chosen;
  bool HasOnly = llvm::any_of(RuleNames, [](StringRef Name) {
    return !Name.starts_with("-");
  });
  for (const std::string &Given : RuleNames) {
    StringRef Name = StringRef(Given);
    Name.consume_front("-");
    Name.consume_front("ddi.");
    if (!isKnown(Name))
      return llvm::createStringError(
          whyUnknown(Name, "--list-rules prints them all"));
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

llvm::Expected<std::vector<tooling::CompileCommand>>
findCommands(const std::optional<std::vector<std::string>> &Flags) {
  if (!BuildPath.empty() && Flags)
    return llvm::createStringError("give either -p or flags after --, not both");
  if (!BuildPath.empty())
    return commandsFromDatabase(BuildPath, {Files.begin(), Files.end()});
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

/// LLVM has an option of that name, which makes way.
cl::opt<bool> &statsOption() {
  if (cl::Option *Theirs = cl::getRegisteredOptions().lookup("stats"))
    Theirs->removeArgument();
  static cl::opt<bool> Ours("stats", cl::cat(Category),
                            cl::desc("Print what was done, and what it took"));
  return Ours;
}

/// Empty if nothing is to be kept, or there is no place for it.
std::string cacheFolder() {
  if (NoCache)
    return "";
  llvm::SmallString<256> Path(CacheFolder);
  if (Path.empty()) {
    if (!llvm::sys::path::cache_directory(Path))
      return "";
    llvm::sys::path::append(Path, "ddi-check");
  }
  llvm::sys::fs::make_absolute(Path);
  return std::string(Path);
}

llvm::Expected<std::vector<GivenRole>> rolesGiven() {
  std::vector<GivenRole> All;
  for (const std::string &Text : GivenRoles) {
    auto [Function, Role] = StringRef(Text).split('=');
    ddi_role Known;
    if (Function.empty() || !ddi_find_role(Role.str().c_str(), &Known))
      return llvm::createStringError(
          "'" + Text + "' gives no role; give --role MyDpc=KDEFERRED_ROUTINE, with "
          "the typedef that Microsoft has for such functions");
    All.push_back({Function.str(), Role.str()});
  }
  return All;
}

llvm::Expected<std::vector<std::pair<int, int>>> linesGiven() {
  std::vector<std::pair<int, int>> All;
  for (const std::string &Text : Lines) {
    auto [First, Last] = StringRef(Text).split('-');
    std::pair<int, int> Both;
    if (First.getAsInteger(10, Both.first) ||
        (Last.empty() ? First : Last).getAsInteger(10, Both.second) ||
        Both.first < 1 || Both.second < Both.first)
      return llvm::createStringError("'" + Text +
                                     "' are no lines; give --lines 10-20");
    All.push_back(Both);
  }
  return All;
}

/// "2/8" is the second of eight.
bool readShare(Request &R) {
  auto [Part, Parts] = StringRef(Share).split('/');
  return !Part.getAsInteger(10, R.Part) && !Parts.getAsInteger(10, R.Parts) &&
         R.Part && R.Part <= R.Parts;
}

void printVersion(llvm::raw_ostream &OS) {
  OS << "ddi-check " DDI_VERSION ", with LLVM " << CLANG_VERSION_STRING << '\n';
}

/// A file that may not grow is an error like any other, and no crash.
void ignoreFileLimit() {
#ifdef SIGXFSZ
  std::signal(SIGXFSZ, SIG_IGN);
#endif
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM Init(argc, argv);
  ignoreFileLimit();
  // What follows "--" is the compiler's.
  std::optional<std::vector<std::string>> Flags;
  int Count = argc;
  for (int I = 1; I < argc; ++I)
    if (StringRef(argv[I]) == "--") {
      Flags.emplace(argv + I + 1, argv + argc);
      Count = I;
      break;
    }
  const cl::opt<bool> &ShowStats = statsOption();
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
  if (Serve)
    return runServer();
  if (Format != "text" && Format != "json")
    return fail("there is no format '" + Format + "'; it is text or json");
  if (ListRules)
    return listRules(Format == "json");
  if (ListRoutines)
    return listRoutines(Format == "json");
  if (!Explain.empty())
    return explain(Explain);
  if (!strictnessNamed(Strictness))
    return fail("there is no strictness '" + Strictness +
                "'; it is documented, sdv or strict");
  if (World != "closed" && World != "open")
    return fail("there is no world '" + World + "'; it is closed or open");
  if (llvm::Error Failure = setWrappers(GivenWrappers))
    return fail("--wrapper: " + llvm::toString(std::move(Failure)));
  llvm::Expected<std::vector<std::string>> Rules = chooseRules();
  if (!Rules)
    return fail(llvm::toString(Rules.takeError()));
  Request R;
  R.Self =
      llvm::sys::fs::getMainExecutable(argv[0], reinterpret_cast<void *>(main));
  R.Rules = std::move(*Rules);
  R.Strictness = Strictness;
  R.World = World;
  R.CacheFolder = cacheFolder();
  R.Jobs = Jobs;
  if (Memory.getNumOccurrences())
    R.Memory = Memory;
  R.AsJSON = Format == "json";
  R.WantsFixes = Fix;
  R.WantsStats = ShowStats;
  R.Shares = !NoShare;
  R.Candidates = ExplainCandidate;
  R.ExploresAll = ExploreAll;
  R.ShowsUndecided = Undecided;
  R.ShowsSuppressed = Suppressed;
  R.RequiresReason = RequireReason;
  R.ReportFile = ReportFile;
  R.Timeout = Timeout;
  R.FileMemory = FileMemory;
  llvm::Expected<std::vector<GivenRole>> Roles = rolesGiven();
  if (!Roles)
    return fail(llvm::toString(Roles.takeError()));
  R.Roles = std::move(*Roles);
  R.Wrappers = GivenWrappers;
  if (Resident)
    return runResident(R);
  llvm::Expected<std::vector<tooling::CompileCommand>> Commands =
      findCommands(Flags);
  if (!Commands)
    return fail(llvm::toString(Commands.takeError()));
  R.Commands = std::move(*Commands);
  R.IndexFile = IndexFile;
  R.WriteIndex = WriteIndex;
  R.IsEdited = Edited;
  llvm::Expected<std::vector<std::pair<int, int>>> GivenLines = linesGiven();
  if (!GivenLines)
    return fail(llvm::toString(GivenLines.takeError()));
  R.Lines = std::move(*GivenLines);
  if (R.IsEdited && (R.IndexFile.empty() || R.Commands.size() != 1))
    return fail("--edited belongs to one file, and to --index");
  if (!R.Lines.empty() && !R.IsEdited)
    return fail("--lines belongs to --edited");
  R.ReadsOnly = ReadOnly;
  if (!Share.empty() && !readShare(R))
    return fail("'" + Share + "' is no share; give --share 2/8 for the second of eight");
  if (R.Parts && R.CacheFolder.empty())
    return fail("--share keeps its work in a cache; leave out --no-cache, or give "
                "--cache");
  Servers Sharing(R.Self, R.Memory);
  if (R.Parts)
    return prepare(std::move(R), Sharing);
  if (R.ReadsOnly)
    return fail("--read-only belongs to --share");
  if (Sketches)
    return listSketches(std::move(R), Sharing);
  if (Contracts)
    return listContracts(std::move(R), Sharing);
  return ListEntryPoints ? listRoles(std::move(R), Sharing)
                         : check(std::move(R), Sharing);
}
