//===- Resident.cpp - Many runs in one process, for an editor
//--------------===//

#include "Resident.h"
#include "Cache.h"
#include "Commands.h"
#include "Scratch.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

#if LLVM_ON_UNIX

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

using namespace llvm;

namespace ddi {
namespace {

/// What is asked, as it was read.
struct Asked {
  json::Value Id = nullptr;
  std::string Build, File, Index;
  std::optional<std::vector<std::vector<int>>> Lines;
};

bool fromJSON(const json::Value &V, Asked &A, json::Path At) {
  json::ObjectMapper O(V, At);
  return O && O.map("build", A.Build) && O.map("file", A.File) &&
         O.mapOptional("index", A.Index) && O.map("lines", A.Lines);
}

std::string textOf(const std::string &File) {
  auto Text = MemoryBuffer::getFile(File);
  return Text ? (*Text)->getBuffer().str() : "";
}

/// All of it, or nothing can be said any more.
bool say(json::Object What) {
  std::string Text;
  raw_string_ostream(Text) << json::Value(std::move(What)) << '\n';
  StringRef Left = Text;
  while (!Left.empty()) {
    ssize_t Written = write(STDOUT_FILENO, Left.data(), Left.size());
    if (Written < 0 && errno == EINTR)
      continue;
    if (Written <= 0)
      return false;
    Left = Left.drop_front(size_t(Written));
  }
  return true;
}

bool sayError(json::Value Id, const Twine &Why) {
  return say(json::Object{{"id", std::move(Id)}, {"error", Why.str()}});
}

class Resident {
public:
  explicit Resident(const Request &Like)
      : Like(Like), Sharing(Like.Self, Like.Memory) {}
  ExitStatus run();

private:
  const Request &Like;
  Servers Sharing;
  Scratch Temporary;
  std::deque<Asked> Waiting;
  std::string Input, Said; // what is not yet a line; what the child has printed
  json::Value Current = nullptr; // who is asked for, if there is a child
  bool IsCancelled = false;
  pid_t Child = 0;
  int FromChild = -1;
  unsigned Runs = 0;

  std::string fileOfRun(StringRef Name) const {
    return Temporary.file("run" + Twine(Runs) + "/" + Name);
  }
  bool hear();
  bool hear(StringRef Line);
  bool cancel(const json::Value &Id);
  bool startNext();
  Expected<Request> requestFor(const Asked &A) const;
  void startServers(const Request &R);
  bool start(const Request &R, const json::Value &Id);
  [[noreturn]] void work(const Request &R, int Output);
  void listen();
  bool finish();
};

/// False at the end of the input. What is wrong with a line is said.
bool Resident::hear() {
  char Bytes[65536];
  ssize_t Got = read(STDIN_FILENO, Bytes, sizeof(Bytes));
  if (Got < 0 && errno == EINTR)
    return true;
  if (Got <= 0)
    return false;
  Input.append(Bytes, size_t(Got));
  size_t End;
  while ((End = Input.find('\n')) != std::string::npos) {
    std::string Line = Input.substr(0, End);
    Input.erase(0, End + 1);
    if (!hear(Line))
      return false;
  }
  return true;
}

bool Resident::hear(StringRef Line) {
  Expected<json::Value> V = json::parse(Line);
  if (!V) {
    consumeError(V.takeError());
    return sayError(nullptr, "what is asked is no JSON");
  }
  const json::Object *Whole = V->getAsObject();
  if (const json::Value *Id = Whole ? Whole->get("cancel") : nullptr)
    return cancel(*Id);
  Asked A;
  if (const json::Value *Id = Whole ? Whole->get("id") : nullptr)
    A.Id = *Id;
  json::Path::Root Root;
  if (!fromJSON(*V, A, Root))
    return sayError(A.Id, "what is asked wants \"build\" and \"file\"");
  Waiting.push_back(std::move(A));
  return true;
}

bool Resident::cancel(const json::Value &Id) {
  if (Child && Current == Id) {
    IsCancelled = true;
    kill(Child, SIGKILL); // and who works for it ends with it
    return true;
  }
  auto Which = find_if(Waiting, [&](const Asked &A) { return A.Id == Id; });
  if (Which == Waiting.end())
    return true; // it is done
  Waiting.erase(Which);
  return say(json::Object{{"id", Id}, {"cancelled", true}});
}

Expected<Request> Resident::requestFor(const Asked &A) const {
  Request R = Like;
  auto Commands = commandsFromDatabase(A.Build, {A.File});
  if (!Commands)
    return Commands.takeError();
  R.Commands = std::move(*Commands);
  R.Commands.resize(1, R.Commands.front()); // an editor shows it once
  R.IndexFile = A.Index;
  R.IsEdited = !A.Index.empty();
  if (R.IsEdited && A.Lines)
    for (const std::vector<int> &Each : *A.Lines)
      if (Each.size() == 2)
        R.Lines.push_back({Each[0], Each[1]});
  R.AsJSON = R.IsResident = true;
  R.ReportFile = fileOfRun("report");
  return R;
}

/// A server says in a file which list has what it has read.
void Resident::startServers(const Request &R) {
  std::vector<Unit> Units = unitsOf(R.Commands);
  std::vector<Group> Groups = groupUnits(Units, /*ComesAgain=*/true);
  Cache Kept(R.CacheFolder);
  for (const Group &G : ArrayRef(Groups).drop_front()) {
    Job J = serverJobFor(R, G);
    size_t Number = Sharing.numberOf(J);
    J.Output = Temporary.file("server" + Twine(Number) + ".list");
    std::string List = textOf(J.Output);
    if (!List.empty() && !Kept.isUnchanged(List)) {
      Sharing.stop(Number);
      sys::fs::remove(J.Output);
    }
    std::string JobFile = Temporary.file("server" + Twine(Number) + ".job");
    if (writeJob(JobFile, J))
      Sharing.start(Number, JobFile);
  }
}

/// Starts what was asked first, if nothing runs.
bool Resident::startNext() {
  while (!Child && !Waiting.empty()) {
    Asked A = std::move(Waiting.front());
    Waiting.pop_front();
    ++Runs;
    Expected<Request> R = requestFor(A);
    bool IsFine = R ? start(*R, A.Id) : sayError(A.Id, toString(R.takeError()));
    if (!IsFine)
      return false;
  }
  return true;
}

/// Whoever is killed leaves no child that works for nobody.
void endWithParent(pid_t Parent) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != Parent)
    _exit(ToolFailed);
#endif
}

bool Resident::start(const Request &R, const json::Value &Id) {
  int Ends[2];
  if (sys::fs::create_directory(Temporary.file("run" + Twine(Runs))) ||
      pipe2(Ends, O_CLOEXEC) != 0)
    return sayError(Id,
                    "cannot begin: no room for temporary files, or too many "
                    "open ones");
  startServers(R);
  pid_t Self = getpid();
  Child = fork();
  if (Child == 0) {
    endWithParent(Self);
    work(R, Ends[1]);
  }
  close(Ends[1]);
  FromChild = Ends[0];
  Current = Id;
  Said.clear();
  if (Child > 0)
    return true;
  Child = 0;
  close(FromChild);
  return sayError(Id, "cannot begin: no process can be started");
}

void Resident::work(const Request &R, int Output) {
  std::string Folder = Temporary.file("run" + Twine(Runs));
  setenv("TMPDIR", Folder.c_str(), /*replace=*/1);
  int Errors = open(fileOfRun("said").c_str(), O_WRONLY | O_CREAT, 0600);
  dup2(Output, STDOUT_FILENO);
  dup2(Errors, STDERR_FILENO);
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  Sharing.borrow();
  _exit(check(R, Sharing));
}

/// The child has printed something, or is done.
void Resident::listen() {
  char Bytes[65536];
  ssize_t Got = read(FromChild, Bytes, sizeof(Bytes));
  if (Got > 0)
    Said.append(Bytes, size_t(Got));
  else if (Got == 0 || errno != EINTR) {
    close(FromChild);
    FromChild = -1;
  }
}

json::Array findingsOf(StringRef Lines) {
  json::Array All;
  SmallVector<StringRef, 16> Each;
  Lines.split(Each, '\n', -1, /*KeepEmpty=*/false);
  for (StringRef Line : Each) {
    Expected<json::Value> V = json::parse(Line);
    if (V)
      All.push_back(std::move(*V));
    else
      consumeError(V.takeError());
  }
  return All;
}

std::string errorIn(StringRef Said) {
  SmallVector<StringRef, 4> Lines;
  Said.split(Lines, '\n');
  for (StringRef Line : Lines)
    if (Line.consume_front("ddi-check: error: "))
      return Line.str();
  return "the analysis left no answer";
}

/// The child is done.
bool Resident::finish() {
  int Status = 0;
  while (waitpid(Child, &Status, 0) < 0 && errno == EINTR)
    ;
  Child = 0;
  std::string Report = textOf(fileOfRun("report")),
              Errors = textOf(fileOfRun("said"));
  sys::fs::remove_directories(Temporary.file("run" + Twine(Runs)));
  json::Value Id = std::exchange(Current, nullptr);
  if (std::exchange(IsCancelled, false))
    return say(json::Object{{"id", Id}, {"cancelled", true}});
  if (!WIFEXITED(Status))
    return sayError(Id, "the analysis crashed");
  Expected<json::Value> Told = json::parse(Report);
  json::Object *Parts = Told ? Told->getAsObject() : nullptr;
  if (!Parts) {
    consumeError(Told.takeError());
    return sayError(Id, errorIn(Errors));
  }
  return say(
      json::Object{{"id", Id},
                   {"status", WEXITSTATUS(Status)},
                   {"findings", findingsOf(Said)},
                   {"functions", std::move((*Parts)["explored"])},
                   {"files", std::move((*Parts)["files"])},
                   {"suppressions", std::move((*Parts)["suppressions"])}});
}

ExitStatus Resident::run() {
  if (!Temporary.exists())
    return fail(
        "cannot make a folder for temporary files; set TMPDIR to a folder "
        "that can be written");
  std::signal(SIGPIPE, SIG_IGN);
  while (true) {
    if (!startNext())
      return ToolFailed;
    pollfd Ends[] = {{STDIN_FILENO, POLLIN, 0}, {FromChild, POLLIN, 0}};
    if (poll(Ends, Child ? 2 : 1, -1) < 0)
      continue;
    if (Child && Ends[1].revents)
      listen();
    if (Child && FromChild < 0 && !finish())
      return ToolFailed;
    if (Ends[0].revents && !hear())
      break;
  }
  if (Child)
    kill(Child, SIGKILL);
  return Clean;
}

} // namespace

ExitStatus runResident(const Request &Like) { return Resident(Like).run(); }

} // namespace ddi

#else

namespace ddi {

ExitStatus runResident(const Request &) {
  return fail("--resident is not there on this system");
}

} // namespace ddi

#endif
