//===- Run.cpp - All files of a driver ------------------------------------===//

#include "Run.h"
#include "Account.h"
#include "Archive.h"
#include "Cache.h"
#include "Contracts.h"
#include "Driver.h"
#include "EntryPoints.h"
#include "OrderPairs.h"
#include "Registry.h"
#include "Scratch.h"
#include "Server.h"
#include "Silencing.h"
#include "Stats.h"
#include "Units.h"
#include "Verdicts.h"
#include "Worker.h"
#include "Wrappers.h"
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

void resolve(Finding &F, const NamesFrom &Folder) {
  Folder.resolve(F.At.File);
  for (Step &S : F.Path)
    Folder.resolve(S.At.File);
  for (Edit &E : F.Fix)
    Folder.resolve(E.File);
  if (F.Inverted)
    Folder.resolve(F.Inverted->At.File);
  if (F.Silenced)
    Folder.resolve(F.Silenced->At.File);
}

/// What else decides on an answer: this program, what acts as a routine, and what the
/// driver of clang takes from the environment.
std::string surroundings(const std::string &Self) {
  auto Program = llvm::MemoryBuffer::getFile(Self, /*IsText=*/false,
                                             /*RequiresNullTerminator=*/false);
  std::string Text = getClangFullVersion() + '\n' + wrappersSet().str() + '\n';
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

class Run {
public:
  Run(Request Asked, Servers &Sharing);
  /// Says so if the run cannot begin.
  bool canBegin();

  enum Round { Read, Analyse, Contracts };
  /// The answers of all units; in the second round those that failed in the first
  /// are left out.
  std::vector<Answer> askAll(Round What);
  /// Joins what all units say, and those that an index tells of.
  void link(Driver &Whole, const std::vector<UnitFacts> &Facts) const;
  std::vector<UnitFacts> factsOf(const std::vector<Answer> &Said) const;
  /// Finds what each unit has to know for the second round, unless that is known
  /// already; false if the round cannot begin.
  bool solveAll(const std::vector<Answer> &Said);
  /// False if what the units say is to be kept, and cannot.
  bool keepIndex(const std::vector<Answer> &Said) const;
  /// Names the files that could not be analysed; true if there are some.
  bool complain(const std::vector<Answer> &Answers) const;
  /// What became of the candidates.
  void judge(const std::vector<Answer> &Answers);
  /// What silences findings, of the first round.
  void hearSuppressions(const std::vector<Answer> &Said,
                        const std::vector<Answer> &Answers);
  ExitStatus print(const std::vector<Answer> &Answers);
  /// False if a report is wanted, and cannot be written.
  bool account(const std::vector<Answer> &Answers) const;
  void finish();

  const Request R;
  Stats Counted;
  bool WillAnalyse = false;
  Verdicts Judged;

private:
  std::vector<Unit> Units;
  std::vector<Group> Groups;
  Scratch Temporary;
  Cache Kept;
  Servers &Sharing;
  std::vector<size_t> Numbers; // of the groups' servers
  std::string Surroundings;
  std::vector<Candidate> Explained;
  Silencing Silent;
  int64_t EntryPoints = 0;
  std::vector<std::string> Failed; // in the first round
  struct Excerpt {
    std::string File, Hash; // none: all of the unit is proved clean
  };
  std::vector<Excerpt> Excerpts;
  std::vector<UnitFacts> Others; // that are not given, and known by an index
  Index Before;                  // of what is given, and what was solved
  std::string Solved;            // the whole program, to be kept
  std::optional<std::vector<std::string>> Explored; // of an edited file

  Answer ask(size_t I, Round What);
  std::vector<bool> share(Round What) const;
  /// Whether all of the driver that is known is analysed.
  bool isOfAll() const { return Others.empty() && !R.Parts && !R.IsEdited; }
  Done lookUp(StringRef Key, StringRef Stamp);
  Done compile(size_t I, Round What);
  Done compileAlone(const std::string &JobFile, const std::string &Output);
  Job jobFor(size_t I, Round What, const std::string &Name);
  std::string keyOf(const Unit &U, Round What) const;
  bool readOthers();
  std::string asked() const;
  void solve(Driver &Whole) const;
  void recall(Driver &Whole, const UnitFacts &Now);
  std::string makeExcerpts(const std::vector<UnitFacts> &Facts);
  bool takeExcerpts(StringRef Text);
  std::string serverJob(size_t Group) const {
    return Temporary.file("server" + Twine(Group) + ".job");
  }
};

Run::Run(Request Asked, Servers &Sharing)
    : R(std::move(Asked)), Units(unitsOf(R.Commands)), Groups(1),
      Kept(R.CacheFolder), Sharing(Sharing), Numbers(1),
      Surroundings(Kept.folder().empty() ? "" : surroundings(R.Self)),
      Silent(R.Rules, R.RequiresReason),
      Failed(Units.size()), Excerpts(Units.size()) {
  if (!R.Shares || !Temporary.exists())
    return;
  Groups = groupUnits(Units, R.IsResident);
  for (size_t I = 1; I < Groups.size(); ++I) {
    Job J = serverJobFor(R, Groups[I]);
    Numbers.push_back(Sharing.numberOf(J));
    writeJob(serverJob(I), J);
  }
}

bool Run::canBegin() {
  if (Temporary.exists())
    return readOthers();
  fail("cannot make a folder for temporary files; set TMPDIR to a folder that "
       "can be written");
  return false;
}

Job Run::jobFor(size_t I, Round What, const std::string &Name) {
  const Unit &U = Units[I];
  Job J;
  J.Directory = U.Directory;
  J.Input = U.input();
  J.Output = Temporary.file(Name + ".answer");
  J.Excerpt = What == Analyse ? Excerpts[I].File : "";
  J.Command = U.Command;
  J.Rules = R.Rules;
  J.Wrappers = R.Wrappers;
  J.Strictness = R.Strictness;
  J.World = R.World;
  J.WantsContracts = What == Contracts;
  J.IsAskedAgain = What == Read && WillAnalyse && Sharing.canWait();
  J.ListFolder = What == Contracts || !R.Lines.empty() ? "" : Kept.folder();
  J.Timeout = int(R.Timeout);
  J.Memory = int(R.FileMemory);
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
  Job J = jobFor(I, What, Name);
  if (!writeJob(JobFile, J))
    return failed("cannot write '" + JobFile + "'; is the disk full?");
  if (What == Analyse && Sharing.askAgain(I, JobFile))
    return readFrom(J.Output, Stats::InMemory);
  if (U.Group &&
      Sharing.ask(I, Numbers[U.Group], serverJob(U.Group), JobFile))
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
  bool IsKept = What != Contracts && !Kept.folder().empty() && R.Lines.empty();
  std::string Key = IsKept ? keyOf(U, What) : "";
  std::string Stamp = What == Analyse ? Excerpts[I].Hash : "";
  Done D = IsKept ? lookUp(Key, Stamp) : failed("none");
  if (!D.Said.Error.empty()) {
    D = compile(I, What);
    if (IsKept && D.Said.Error.empty())
      Kept.keep(Key, Stamp, D.Said.Lists, D.Text);
  }
  NamesFrom Folder(U.Directory);
  for (Finding &F : D.Said.Findings)
    resolve(F, Folder);
  for (Suppression &Each : D.Said.Suppressions)
    Folder.resolve(Each.At.File);
  Counted.count(U.Filename, D.Said.Error.empty() ? D.How : Stats::Failed);
  return std::move(D.Said);
}

/// A share is of neighbours, which begin alike. To know the driver, it takes all to be
/// read.
std::vector<bool> Run::share(Round What) const {
  std::vector<bool> IsMine(Units.size(), true);
  if (!R.Parts || (What == Read && !R.ReadsOnly))
    return IsMine;
  std::vector<size_t> Ordered(Units.size());
  std::iota(Ordered.begin(), Ordered.end(), 0);
  llvm::stable_sort(Ordered, [&](size_t A, size_t B) {
    return std::tie(Units[A].Directory, Units[A].Filename) <
           std::tie(Units[B].Directory, Units[B].Filename);
  });
  for (size_t Rank = 0; Rank < Ordered.size(); ++Rank)
    IsMine[Ordered[Rank]] = Rank * R.Parts / Ordered.size() == R.Part - 1;
  return IsMine;
}

std::vector<Answer> Run::askAll(Round What) {
  std::vector<Answer> Answers(Units.size());
  const std::vector<bool> IsMine = share(What);
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
    bool IsLeftOut = !Failed[I].empty() ||
                     (What == Analyse && Excerpts[I].File.empty()) ||
                     !IsMine[I];
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

std::vector<UnitFacts> Run::factsOf(const std::vector<Answer> &Said) const {
  std::vector<UnitFacts> All;
  for (size_t I = 0; I < Said.size(); ++I)
    All.push_back({Units[I].Directory,
                   absolutePath(Units[I].Directory, Units[I].Filename),
                   Said[I].Program, Said[I].Sketches});
  return All;
}

bool Run::readOthers() {
  if (R.IndexFile.empty())
    return true;
  llvm::Expected<Index> Known = readIndex(R.IndexFile);
  if (!Known) {
    fail(llvm::toString(Known.takeError()));
    return false;
  }
  std::set<std::string> Given;
  for (const Unit &U : Units)
    Given.insert(absolutePath(U.Directory, U.Filename));
  Before = std::move(*Known);
  for (UnitFacts &U : std::exchange(Before.Units, {}))
    (Given.count(U.File) ? Before.Units : Others).push_back(std::move(U));
  if (!R.IsEdited || Before.Asked == asked())
    return true;
  fail("the index '" + R.IndexFile + "' was written with other options; write it "
       "anew with --write-index, and the same rules, roles, strictness and world");
  return false;
}

void Run::link(Driver &Whole, const std::vector<UnitFacts> &Facts) const {
  for (const UnitFacts &Each : Facts)
    Whole.add(Each);
  for (const UnitFacts &Each : Others)
    Whole.add(Each);
  Whole.link(R.Roles);
}

void Run::solve(Driver &Whole) const {
  SolverOptions Options;
  Options.Strictness = *strictnessNamed(R.Strictness);
  Options.IsOpenWorld = R.World == "open";
  std::set<std::string> On(R.Rules.begin(), R.Rules.end());
  Options.IsOn = [&](const ddi_rule &Rule) { return On.count(Rule.name) != 0; };
  Whole.solve(Options);
}

/// Of what all say together is kept what each file has to know, nothing for a file
/// that has nothing to explore, and what is asked.
struct Linked {
  std::vector<std::string> Excerpts;
  Verdicts Questions;
  int64_t EntryPoints = 0;
  std::string Solved; // the whole program, as it writes itself
};
void members(Archive &A, Linked &L) {
  A(L.Excerpts, L.Questions, L.EntryPoints, L.Solved);
}
constexpr llvm::StringLiteral LinkedName = "ddi-check link";

std::string Run::makeExcerpts(const std::vector<UnitFacts> &Facts) {
  Driver Whole;
  link(Whole, Facts);
  if (R.IsEdited)
    recall(Whole, Facts.front());
  else if (!R.ExploresAll)
    solve(Whole);
  const auto &Candidates = Whole.whole().Candidates;
  if (!R.Candidates.empty() && Candidates)
    llvm::copy_if(*Candidates, std::back_inserter(Explained),
                  [&](const Candidate &C) {
                    return R.Candidates == "*" || C.Function == R.Candidates;
                  });
  Linked All;
  for (size_t I = 0; I < Facts.size(); ++I)
    All.Excerpts.push_back(Whole.mustExplore(I) ? Whole.excerptFor(I).write()
                                                : "");
  All.Questions = Verdicts(Whole.whole());
  All.EntryPoints = int64_t(countEntryPoints(Whole.whole(), R.World == "open"));
  if (!R.IsEdited)
    All.Solved = Whole.whole().write();
  Archive Kept(LinkedName);
  Kept(All);
  return Kept.bytes();
}

/// False if one cannot be written.
bool Run::takeExcerpts(StringRef Text) {
  Linked All;
  Archive Kept(LinkedName, Text);
  Kept(All);
  llvm::consumeError(Kept.error()); // what was kept is whole
  Judged = std::move(All.Questions);
  EntryPoints = All.EntryPoints;
  Solved = std::move(All.Solved);
  Judged.begin(R.Rules.size(), /*IsOfPart=*/!Others.empty());
  for (size_t I = 0; I < All.Excerpts.size(); ++I) {
    StringRef Bytes = All.Excerpts[I];
    if (Bytes.empty())
      continue;
    Excerpts[I] = {Temporary.file("excerpt" + Twine(I)), hashOf(Bytes)};
    if (writeFile(Excerpts[I].File, Bytes))
      continue;
    fail("cannot write '" + Excerpts[I].File + "'; is the disk full?");
    return false;
  }
  return true;
}

/// What was solved depends on it, beside the files.
std::string Run::asked() const {
  std::string Text = R.Strictness + R.World + llvm::join(R.Rules, "\n") +
                     (R.ExploresAll ? "all" : "");
  for (const GivenRole &Each : R.Roles)
    Text += Each.Function + "=" + Each.Role + "\n";
  return Text;
}

/// A file that is as it was has the candidates that it had.
void Run::recall(Driver &Whole, const UnitFacts &Now) {
  if (llvm::Expected<Program> Then = Program::parse(Before.Solved))
    Whole.recall(*Then);
  else
    llvm::consumeError(Then.takeError()); // the index is whole
  bool IsAsBefore = llvm::any_of(Before.Units, [&](const UnitFacts &U) {
    return U.Program == Now.Program && U.Sketches == Now.Sketches;
  });
  llvm::Expected<Program> OfFile = Program::parse(Now.Program);
  if (!OfFile || IsAsBefore)
    return llvm::consumeError(OfFile.takeError()); // it could not be read
  std::optional<llvm::StringSet<>> Touched;
  if (!R.Lines.empty())
    Touched = OfFile->touchedBy(R.Lines);
  if (!Touched)
    return Whole.explore(OfFile->defined());
  Explored.emplace();
  for (const auto &Name : *Touched)
    Explored->push_back(OfFile->find(Name.getKey())->Spelling);
  llvm::sort(*Explored);
  Whole.explore(std::move(*Touched));
}

bool Run::solveAll(const std::vector<Answer> &Said) {
  Counted.begin("link");
  llvm::SmallString<256> Here; // names are as seen from there
  llvm::sys::fs::current_path(Here);
  std::string Key = Surroundings + asked();
  std::string Stamp = std::string(Here);
  for (size_t I = 0; I < Said.size(); ++I) {
    Failed[I] = Said[I].Error;
    Key += keyOf(Units[I], Read);
    Stamp += hashOf(Said[I].Program) + hashOf(Said[I].Sketches);
  }
  for (const UnitFacts &U : Others) {
    Key += U.File;
    Stamp += U.Directory + hashOf(U.Program) + hashOf(U.Sketches);
  }
  Key = hashOf(Key);
  Stamp = hashOf(Stamp);
  std::optional<std::string> Text;
  if (R.Candidates.empty() && !R.IsEdited)
    Text = Kept.find(Key, Stamp);
  if (!Text) {
    Text = makeExcerpts(factsOf(Said));
    if (!R.IsEdited)
      Kept.keep(Key, Stamp, {}, *Text);
  }
  bool IsDone = takeExcerpts(*Text);
  Counted.end();
  return IsDone;
}

bool Run::keepIndex(const std::vector<Answer> &Said) const {
  if (R.WriteIndex.empty())
    return true;
  std::vector<UnitFacts> Facts = factsOf(Said);
  llvm::erase_if(Facts, [](const UnitFacts &U) { return U.Program.empty(); });
  llvm::append_range(Facts, Others);
  llvm::Error Failure =
      writeWhole(R.WriteIndex, writeIndex({std::move(Facts), Solved, asked()}));
  if (!Failure)
    return true;
  fail("cannot write the index '" + R.WriteIndex +
       "': " + llvm::toString(std::move(Failure)));
  return false;
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

void Run::judge(const std::vector<Answer> &Answers) {
  std::vector<Exploration> All;
  for (const Answer &A : Answers)
    llvm::append_range(All, A.Explored);
  Judged.judge(All);
  for (const Candidate &C : Explained)
    Judged.explain(llvm::errs(), C);
  Judged.printSummary(llvm::errs());
}

void Run::hearSuppressions(const std::vector<Answer> &Said,
                           const std::vector<Answer> &Answers) {
  for (size_t I = 0; I < Said.size(); ++I)
    Silent.add(Said[I].Suppressions, /*IsWhole=*/Answers[I].Error.empty());
  for (const Finding &F : Judged.openQuestions())
    Silent.leaveOpen(F.At.File);
}

ExitStatus Run::print(const std::vector<Answer> &Answers) {
  bool HasFailed = complain(Answers);
  std::vector<Finding> All;
  for (const Answer &A : Answers)
    llvm::append_range(All, A.Findings);
  sortFindings(All);
  if (isOfAll())
    pairOrders(All);
  std::vector<Finding> Silenced = Silent.take(All);
  Silent.complain(llvm::errs());
  if (!Silenced.empty())
    llvm::errs() << "ddi-check: " << Silenced.size()
                 << (Silenced.size() == 1 ? " finding is suppressed\n"
                                          : " findings are suppressed\n");
  bool Colors = llvm::WithColor::defaultAutoDetectFunction()(llvm::outs());
  std::vector<Finding> Shown = All;
  if (R.ShowsUndecided)
    llvm::append_range(Shown, Judged.openQuestions());
  if (R.ShowsSuppressed && R.AsJSON)
    llvm::append_range(Shown, Silenced);
  sortFindings(Shown);
  for (const Finding &F : Shown) {
    if (R.AsJSON)
      llvm::outs() << toJSON(F) << '\n';
    else
      printFinding(llvm::outs(), F, Colors);
  }
  llvm::outs().flush();
  if (std::error_code Failure = llvm::outs().error()) {
    llvm::outs().clear_error();
    return fail("cannot print the findings: " + Failure.message());
  }
  if (R.WantsFixes) {
    llvm::Expected<unsigned> Mended = applyFixes(All);
    if (!Mended)
      return fail(llvm::toString(Mended.takeError()));
    llvm::errs() << "ddi-check: " << *Mended << " of " << All.size()
                 << " findings mended; run again to see what is left\n";
  }
  return HasFailed ? FileFailed : All.empty() ? Clean : HasFindings;
}

bool Run::account(const std::vector<Answer> &Answers) const {
  if (R.ReportFile.empty())
    return true;
  Account A;
  for (size_t I = 0; I < Answers.size(); ++I) {
    std::string File = Units[I].Filename;
    NamesFrom(Units[I].Directory).resolve(File);
    A.Files.push_back({File, Answers[I].Error});
  }
  A.Counts = Judged.counts();
  A.EntryPoints = EntryPoints;
  A.Suppressions = Silent.all();
  A.Explored = Explored;
  llvm::Error Failure = writeAccount(R.ReportFile, A);
  if (!Failure)
    return true;
  fail("cannot write the report '" + R.ReportFile +
       "': " + llvm::toString(std::move(Failure)));
  return false;
}

void Run::finish() {
  Sharing.end();
  Kept.prune();
  if (!R.WantsStats)
    return;
  Judged.printAll(llvm::errs());
  Counted.print();
}

} // namespace

Job serverJobFor(const Request &R, const Group &G) {
  Job J;
  J.Directory = G.Directory;
  J.Input = G.Input;
  J.Command = G.Command;
  J.Preamble = G.Preamble;
  J.Wrappers = R.Wrappers;
  J.ListFolder = R.CacheFolder;
  J.Timeout = int(R.Timeout);
  J.Memory = int(R.FileMemory);
  return J;
}

ExitStatus check(Request Asked, Servers &Sharing) {
  Run All(std::move(Asked), Sharing);
  if (!All.canBegin())
    return ToolFailed;
  All.WillAnalyse = true;
  std::vector<Answer> Said = All.askAll(Run::Read);
  if (!All.solveAll(Said) || !All.keepIndex(Said))
    return ToolFailed;
  std::vector<Answer> Answers = All.askAll(Run::Analyse);
  All.judge(Answers);
  All.hearSuppressions(Said, Answers);
  ExitStatus Status = All.print(Answers);
  if (!All.account(Answers))
    Status = ToolFailed;
  All.finish();
  return Status;
}

ExitStatus prepare(Request Asked, Servers &Sharing) {
  Run All(std::move(Asked), Sharing);
  if (!All.canBegin())
    return ToolFailed;
  All.WillAnalyse = !All.R.ReadsOnly;
  std::vector<Answer> Answers = All.askAll(Run::Read);
  if (All.WillAnalyse) {
    if (!All.solveAll(Answers))
      return ToolFailed;
    Answers = All.askAll(Run::Analyse);
  }
  All.complain(Answers);
  All.finish();
  return Clean;
}

ExitStatus listSketches(Request Asked, Servers &Sharing) {
  Run All(std::move(Asked), Sharing);
  if (!All.canBegin())
    return ToolFailed;
  std::vector<Answer> Said = All.askAll(Run::Read);
  for (const Answer &A : Said) {
    SketchSet Sketches;
    Sketches.read(A.Sketches);
    for (const NamedBody &Each : Sketches.Bodies)
      printSketch(llvm::outs(), Each, Sketches.names());
  }
  bool HasFailed = All.complain(Said);
  All.finish();
  return HasFailed ? FileFailed : Clean;
}

ExitStatus listRoles(Request Asked, Servers &Sharing) {
  Run All(std::move(Asked), Sharing);
  if (!All.canBegin())
    return ToolFailed;
  std::vector<Answer> Said = All.askAll(Run::Read);
  bool HasFailed = All.complain(Said);
  std::vector<UnitFacts> Facts = All.factsOf(Said);
  Driver Whole;
  All.link(Whole, Facts);
  printEntryPoints(llvm::outs(), Whole.whole(), All.R.AsJSON,
                   All.R.World == "open");
  All.finish();
  return HasFailed ? FileFailed : Clean;
}

ExitStatus listContracts(Request Asked, Servers &Sharing) {
  Run All(std::move(Asked), Sharing);
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
