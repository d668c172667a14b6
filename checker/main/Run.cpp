//===- Run.cpp - All files of a driver ------------------------------------===//

#include "Run.h"
#include "Cache.h"
#include "Contracts.h"
#include "EntryPoints.h"
#include "Registry.h"
#include "Server.h"
#include "SketchSet.h"
#include "Solver.h"
#include "Stats.h"
#include "Units.h"
#include "Worker.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/WithColor.h"
#include <numeric>

using namespace clang;

namespace ddi {
namespace {

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

/// Makes names that are relative to the folder of the command those as seen from
/// here.
class NamesFrom {
public:
  explicit NamesFrom(StringRef Folder) : Folder(Folder) {
    llvm::SmallString<256> Here;
    llvm::sys::fs::current_path(Here);
    IsHere = llvm::sys::fs::equivalent(Here, Folder);
  }

  void resolve(Answer &A) const {
    for (Finding &F : A.Findings)
      resolve(F);
  }

  void resolve(Program &P) const {
    P.forEachFile([&](std::string &File) { resolve(File); });
  }

  void resolve(std::string &File) const {
    if (IsHere || File.empty() || llvm::sys::path::is_absolute(File))
      return;
    llvm::SmallString<256> Path(Folder);
    llvm::sys::path::append(Path, File);
    llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    File = std::string(Path);
  }

private:
  std::string Folder;
  bool IsHere;

  void resolve(Finding &F) const {
    resolve(F.At.File);
    for (Step &S : F.Path)
      resolve(S.At.File);
    for (Edit &E : F.Fix)
      resolve(E.File);
  }
};

/// What else decides on an answer: this program, and what the driver of clang
/// takes from the environment.
std::string surroundings(const std::string &Self) {
  auto Program = llvm::MemoryBuffer::getFile(Self, /*IsText=*/false,
                                             /*RequiresNullTerminator=*/false);
  std::string Text = getClangFullVersion() + '\n';
  if (Program)
    Text += hashOf((*Program)->getBuffer());
  for (const char *Name :
       {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "INCLUDE",
        "EXTERNAL_INCLUDE", "VCToolsInstallDir", "VCINSTALLDIR",
        "WindowsSdkDir", "CCC_OVERRIDE_OPTIONS", "CLANG_CONFIG_FILE_SYSTEM_DIR",
        "CLANG_CONFIG_FILE_USER_DIR", "HOME", "PATH", "SOURCE_DATE_EPOCH"})
    Text += '\n' + llvm::sys::Process::GetEnv(Name).value_or("-");
  return hashOf(Text);
}

/// An answer, as it was written, and how it was got.
struct Done {
  Answer Said;
  std::string Text;
  Stats::Way How;
};

Done failed(const Twine &Why) {
  Done D{{}, "", Stats::Failed};
  D.Said.Error = Why.str();
  return D;
}

Done readFrom(const std::string &File, Stats::Way How) {
  auto Written = llvm::MemoryBuffer::getFile(File);
  if (!Written)
    return failed("the analysis left no answer");
  std::string Text = (*Written)->getBuffer().str();
  Answer A = readAnswer(Text);
  return {std::move(A), std::move(Text), How};
}

void printCandidate(llvm::raw_ostream &OS, const Candidate &C) {
  OS << C.Function << ": " << (C.Rule.empty() ? C.Why : C.Rule) << " in "
     << C.In;
  if (C.At.Line)
    OS << " at " << C.At.File << ':' << C.At.Line;
  for (const Where &Call : C.Calls)
    OS << ", by the call at " << Call.File << ':' << Call.Line;
  OS << '\n';
}

class Run {
public:
  explicit Run(Request Asked);
  /// Says so if the run cannot begin.
  bool canBegin() const;

  enum Round { Read, Analyse, Contracts };
  /// The answers of all units; in the second round those that failed in the first
  /// are left out.
  std::vector<Answer> askAll(Round What);
  /// Joins what all units say.
  Program link(const std::vector<Answer> &Said) const;
  /// Finds what has to be explored.
  void solve(Program &Whole, const std::vector<Answer> &Said) const;
  /// Does so for the second round, unless it is known; false if that cannot begin.
  bool makeIndex(const std::vector<Answer> &Said);
  /// Names the files that could not be analysed; true if there are some.
  bool complain(const std::vector<Answer> &Answers) const;
  ExitStatus print(const std::vector<Answer> &Answers) const;
  void finish();

  const Request R;
  Stats Counted;
  bool WillAnalyse = false;

private:
  std::vector<Unit> Units;
  std::vector<Group> Groups;
  Scratch Temporary;
  Cache Kept;
  Servers Sharing;
  std::string Surroundings, Index, IndexHash;
  std::vector<std::string> Failed; // in the first round
  std::vector<bool> IsDone;        // all of the unit is proved clean

  Answer ask(size_t I, Round What);
  Done lookUp(StringRef Key, StringRef Stamp);
  Done compile(size_t I, Round What);
  Done compileAlone(const std::string &JobFile, const std::string &Output);
  Job jobFor(const Unit &U, Round What, const std::string &Name);
  std::string keyOf(const Unit &U, Round What) const;
  std::string serverJob(size_t Group) const {
    return Temporary.file("server" + Twine(Group) + ".job");
  }
};

Run::Run(Request Asked)
    : R(std::move(Asked)), Units(unitsOf(R.Commands)), Groups(1),
      Kept(R.CacheFolder), Sharing(R.Self, R.Memory),
      Surroundings(Kept.folder().empty() ? "" : surroundings(R.Self)),
      Failed(Units.size()), IsDone(Units.size()) {
  if (!R.Shares || !Temporary.exists())
    return;
  Groups = groupUnits(Units);
  for (size_t I = 1; I < Groups.size(); ++I) {
    Job J;
    J.Directory = Groups[I].Directory;
    J.Input = Groups[I].Input;
    J.Command = Groups[I].Command;
    J.Preamble = Groups[I].Preamble;
    J.ListFolder = Kept.folder();
    writeJob(serverJob(I), J);
  }
}

bool Run::canBegin() const {
  if (Temporary.exists())
    return true;
  fail("cannot make a folder for temporary files; set TMPDIR to a folder that "
       "can be written");
  return false;
}

Job Run::jobFor(const Unit &U, Round What, const std::string &Name) {
  Job J;
  J.Directory = U.Directory;
  J.Input = U.input();
  J.Output = Temporary.file(Name + ".answer");
  J.Index = What == Analyse ? Index : "";
  J.Command = U.Command;
  J.Rules = R.Rules;
  J.Strictness = R.Strictness;
  J.World = R.World;
  J.WantsContracts = What == Contracts;
  J.IsAskedAgain = What == Read && WillAnalyse && Sharing.canWait();
  J.ListFolder = What == Contracts ? "" : Kept.folder();
  return J;
}

std::string Run::keyOf(const Unit &U, Round What) const {
  std::string Text = Surroundings + '\n' + U.Directory + '\n' + U.Filename +
                     '\n' + llvm::join(U.Command, "\n");
  if (What == Analyse)
    Text += "\n\n" + R.Strictness + '\n' + R.World + '\n' +
            llvm::join(R.Rules, "\n");
  return hashOf(Text);
}

Done Run::compileAlone(const std::string &JobFile, const std::string &Output) {
  std::string Log = JobFile + ".log";
  std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(""),
                                          StringRef(Log)};
  std::string Error;
  StringRef Arguments[] = {R.Self, "--job", JobFile};
  int Status = llvm::sys::ExecuteAndWait(R.Self, Arguments, std::nullopt,
                                         Redirects, 0, 0, &Error);
  if (Status == 0)
    return readFrom(Output, Stats::Alone);
  auto Said = llvm::MemoryBuffer::getFile(Log);
  StringRef Line = Said ? (*Said)->getBuffer().split('\n').first : "";
  if (Line.consume_front("ddi-check: error: "))
    return failed(Line);
  return failed("the analysis crashed" + (Error.empty() ? "" : " (" + Error + ")") +
                "; the other files are not affected");
}

/// By who has parsed the file already, or by a server if there is one; what those
/// cannot do, alone.
Done Run::compile(size_t I, Round What) {
  const Unit &U = Units[I];
  const char *Names[] = {"read", "analyse", "contracts"};
  std::string Name = Names[What] + std::to_string(I);
  std::string JobFile = Temporary.file(Name + ".job");
  Job J = jobFor(U, What, Name);
  if (!writeJob(JobFile, J))
    return failed("cannot write '" + JobFile + "'; is the disk full?");
  if (What == Analyse && Sharing.askAgain(I, JobFile))
    return readFrom(J.Output, Stats::InMemory);
  if (U.Group && Sharing.ask(I, U.Group, serverJob(U.Group), JobFile))
    return readFrom(J.Output, Stats::Shared);
  if (Sharing.ask(I, 0, "", JobFile))
    return readFrom(J.Output, Stats::Alone);
  return compileAlone(JobFile, J.Output);
}

Done Run::lookUp(StringRef Key, StringRef Stamp) {
  std::optional<std::string> Known = Kept.find(Key, Stamp);
  return Known ? Done{readAnswer(*Known), "", Stats::Cached} : failed("none");
}

Answer Run::ask(size_t I, Round What) {
  const Unit &U = Units[I];
  bool IsKept = What != Contracts && !Kept.folder().empty();
  std::string Key = IsKept ? keyOf(U, What) : "";
  std::string Stamp = What == Analyse ? IndexHash : "";
  Done D = IsKept ? lookUp(Key, Stamp) : failed("none");
  if (!D.Said.Error.empty()) {
    D = compile(I, What);
    if (IsKept && D.Said.Error.empty())
      Kept.keep(Key, Stamp, D.Said.Lists, D.Text);
  }
  NamesFrom(U.Directory).resolve(D.Said);
  Counted.count(U.Filename, D.Said.Error.empty() ? D.How : Stats::Failed);
  return std::move(D.Said);
}

std::vector<Answer> Run::askAll(Round What) {
  std::vector<Answer> Answers(Units.size());
  std::vector<size_t> Order(Units.size());
  std::iota(Order.begin(), Order.end(), 0);
  llvm::stable_sort(Order, [&](size_t A, size_t B) {
    return Units[A].Group < Units[B].Group;
  });
  // The servers that the first round used last are alive.
  if (What == Analyse)
    std::reverse(Order.begin(), Order.end());
  llvm::erase_if(Order, [&](size_t I) {
    Answers[I].Error = Failed[I];
    bool IsLeftOut = !Failed[I].empty() || (What == Analyse && IsDone[I]);
    if (IsLeftOut)
      Sharing.dismiss(I);
    return IsLeftOut;
  });
  Counted.begin(What == Analyse ? "analyse" : "read", Order.size());
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(R.Jobs));
  for (size_t I : Order)
    Pool.async([&, I] { Answers[I] = ask(I, What); });
  Pool.wait();
  Counted.end();
  return Answers;
}

Program Run::link(const std::vector<Answer> &Said) const {
  Program Whole;
  for (size_t I = 0; I < Said.size(); ++I)
    if (std::optional<Program> P = readProgram(splitSaid(Said[I].Said).first)) {
      NamesFrom(Units[I].Directory).resolve(*P);
      Whole.join(*P);
    }
  Whole.link();
  return Whole;
}

void Run::solve(Program &Whole, const std::vector<Answer> &Said) const {
  SketchSet All;
  std::vector<Sketched> Sketches;
  std::vector<size_t> Order(Said.size()); // any order says the same
  std::iota(Order.begin(), Order.end(), 0);
  llvm::stable_sort(Order, [&](size_t A, size_t B) {
    return Units[A].Filename < Units[B].Filename;
  });
  for (size_t I : Order) {
    size_t First = All.Bodies.size();
    All.read(splitSaid(Said[I].Said).second);
    for (size_t J = First; J < All.Bodies.size(); ++J)
      Sketches.push_back(
          {All.Bodies[J].Function, All.Bodies[J].Body.get(), uint32_t(I + 1)});
  }
  SolverOptions Options;
  Options.Strictness = *strictnessNamed(R.Strictness);
  Options.IsOpenWorld = R.World == "open";
  std::set<std::string> On(R.Rules.begin(), R.Rules.end());
  Options.IsOn = [&](const ddi_rule &Rule) { return On.count(Rule.name) != 0; };
  std::vector<NamesFrom> Folders;
  for (const Unit &U : Units)
    Folders.emplace_back(U.Directory);
  Options.Resolve = [&](std::string File, uint32_t Unit) {
    if (Unit)
      Folders[Unit - 1].resolve(File);
    return File;
  };
  findCandidates(Whole, Sketches, All.names(), Options);
  if (!R.Candidates.empty() && Whole.Candidates)
    for (const Candidate &C : *Whole.Candidates)
      if (R.Candidates == "*" || C.Function == R.Candidates)
        printCandidate(llvm::errs(), C);
}

bool Run::makeIndex(const std::vector<Answer> &Said) {
  Counted.begin("link");
  llvm::SmallString<256> Here; // names are as seen from there
  llvm::sys::fs::current_path(Here);
  std::string Key = Surroundings + R.Strictness + R.World +
                    llvm::join(R.Rules, "\n") + (R.ExploresAll ? "all" : "");
  std::string Stamp = std::string(Here);
  for (size_t I = 0; I < Said.size(); ++I) {
    Failed[I] = Said[I].Error;
    Key += keyOf(Units[I], Read);
    Stamp += hashOf(Said[I].Said);
  }
  Key = hashOf(Key);
  Stamp = hashOf(Stamp);
  std::optional<std::string> Text = Kept.find(Key, Stamp);
  if (!Text || !R.Candidates.empty()) {
    Program Whole = link(Said);
    if (!R.ExploresAll)
      solve(Whole, Said);
    Text.emplace();
    llvm::raw_string_ostream OS(*Text);
    for (uint32_t Unit : Whole.UnitsToExplore)
      OS << Unit << ' ';
    OS << '\n' << writeProgram(Whole);
    Kept.keep(Key, Stamp, {}, *Text);
  }
  IndexHash = hashOf(*Text);
  auto [Numbers, Written] = StringRef(*Text).split('\n');
  llvm::SmallVector<StringRef> ToExplore;
  Numbers.split(ToExplore, ' ', -1, /*KeepEmpty=*/false);
  for (size_t I = 0; I < Said.size(); ++I)
    IsDone[I] = !llvm::is_contained(ToExplore, "0") &&
                !llvm::is_contained(ToExplore, std::to_string(I + 1));
  Index = Temporary.file("index");
  bool IsWritten = writeFile(Index, Written);
  if (!IsWritten)
    fail("cannot write '" + Index + "'; is the disk full?");
  Counted.end();
  return IsWritten;
}

bool Run::complain(const std::vector<Answer> &Answers) const {
  bool HasFailed = false;
  for (size_t I = 0; I < Answers.size(); ++I) {
    if (Answers[I].Error.empty())
      continue;
    HasFailed = true;
    llvm::errs() << "ddi-check: error: '" << Units[I].Filename
                 << "' was not analysed: " << Answers[I].Error << '\n';
  }
  return HasFailed;
}

ExitStatus Run::print(const std::vector<Answer> &Answers) const {
  bool HasFailed = complain(Answers);
  std::vector<Finding> All;
  for (const Answer &A : Answers)
    llvm::append_range(All, A.Findings);
  sortFindings(All);
  bool Colors = llvm::WithColor::defaultAutoDetectFunction()(llvm::outs());
  for (const Finding &F : All) {
    if (R.AsJSON)
      llvm::outs() << toJSON(F) << '\n';
    else
      printFinding(llvm::outs(), F, Colors);
  }
  llvm::outs().flush();
  if (R.WantsFixes) {
    llvm::Expected<unsigned> Mended = applyFixes(All);
    if (!Mended)
      return fail(llvm::toString(Mended.takeError()));
    llvm::errs() << "ddi-check: " << *Mended << " of " << All.size()
                 << " findings mended; run again to see what is left\n";
  }
  return HasFailed ? FileFailed : All.empty() ? Clean : HasFindings;
}

void Run::finish() {
  Sharing.end();
  Kept.prune();
  if (R.WantsStats)
    Counted.print();
}

} // namespace

ExitStatus check(Request Asked) {
  Run All(std::move(Asked));
  if (!All.canBegin())
    return ToolFailed;
  All.WillAnalyse = true;
  if (!All.makeIndex(All.askAll(Run::Read)))
    return ToolFailed;
  ExitStatus Status = All.print(All.askAll(Run::Analyse));
  All.finish();
  return Status;
}

ExitStatus listSketches(Request Asked) {
  Run All(std::move(Asked));
  if (!All.canBegin())
    return ToolFailed;
  std::vector<Answer> Said = All.askAll(Run::Read);
  for (const Answer &A : Said) {
    SketchSet Sketches;
    Sketches.read(splitSaid(A.Said).second);
    for (const NamedBody &Each : Sketches.Bodies)
      printSketch(llvm::outs(), Each, Sketches.names());
  }
  bool HasFailed = All.complain(Said);
  All.finish();
  return HasFailed ? FileFailed : Clean;
}

ExitStatus listRoles(Request Asked) {
  Run All(std::move(Asked));
  if (!All.canBegin())
    return ToolFailed;
  std::vector<Answer> Said = All.askAll(Run::Read);
  bool HasFailed = All.complain(Said);
  printEntryPoints(llvm::outs(), All.link(Said), All.R.AsJSON,
                   All.R.World == "open");
  All.finish();
  return HasFailed ? FileFailed : Clean;
}

ExitStatus listContracts(Request Asked) {
  Run All(std::move(Asked));
  if (!All.canBegin())
    return ToolFailed;
  std::vector<Answer> Answers = All.askAll(Run::Contracts);
  llvm::json::Array Whole;
  for (Answer &A : Answers)
    for (llvm::json::Value &V : A.Contracts)
      Whole.push_back(std::move(V));
  printContracts(llvm::outs(), std::move(Whole));
  bool HasFailed = All.complain(Answers);
  All.finish();
  return HasFailed ? FileFailed : Clean;
}

} // namespace ddi
