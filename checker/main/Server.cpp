//===- Server.cpp - Processes that are forked, and not started -------------===//

#include "Server.h"
#include "Exit.h"
#include "Limits.h"
#include "Preamble.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"

#if LLVM_ON_UNIX

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

extern char **environ;

using namespace clang;

namespace ddi {

//===----------------------------------------------------------------------===//
// A job is a socket on which its file's name is written, a line.  What comes back
// is a line too: how many MB the process holds that waits for a second job.
//===----------------------------------------------------------------------===//

namespace {

bool makePair(int (&Ends)[2]) {
#ifdef SOCK_CLOEXEC
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, Ends) == 0;
#else
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, Ends) != 0)
    return false;
  for (int End : Ends)
    fcntl(End, F_SETFD, FD_CLOEXEC);
  return true;
#endif
}

/// A message of one byte, with a descriptor.
struct Message {
  char Byte = 0;
  alignas(cmsghdr) char Control[CMSG_SPACE(sizeof(int))] = {};
  iovec Data = {&Byte, 1};
  msghdr Header = {};

  Message() {
    Header.msg_iov = &Data;
    Header.msg_iovlen = 1;
    Header.msg_control = Control;
    Header.msg_controllen = sizeof(Control);
  }
};

bool sendDescriptor(int Socket, int Descriptor) {
  Message M;
  cmsghdr *Part = CMSG_FIRSTHDR(&M.Header);
  Part->cmsg_level = SOL_SOCKET;
  Part->cmsg_type = SCM_RIGHTS;
  Part->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(Part), &Descriptor, sizeof(int));
  return sendmsg(Socket, &M.Header, MSG_NOSIGNAL) == 1;
}

/// Negative if nobody will send any more.
int receiveDescriptor(int Socket) {
  Message M;
  ssize_t Got;
  do
    Got = recvmsg(Socket, &M.Header, 0);
  while (Got < 0 && errno == EINTR);
  cmsghdr *Part = Got == 1 ? CMSG_FIRSTHDR(&M.Header) : nullptr;
  if (!Part || Part->cmsg_type != SCM_RIGHTS)
    return -1;
  int Descriptor;
  std::memcpy(&Descriptor, CMSG_DATA(Part), sizeof(int));
  return Descriptor;
}

bool sendAll(int Socket, StringRef Text) {
  while (!Text.empty()) {
    ssize_t Sent = send(Socket, Text.data(), Text.size(), MSG_NOSIGNAL);
    if (Sent < 0 && errno == EINTR)
      continue;
    if (Sent <= 0)
      return false;
    Text = Text.drop_front(size_t(Sent));
  }
  return true;
}

/// Not a byte more, as descriptors may follow. Empty if nobody sends any more.
std::string receiveLine(int Socket) {
  std::string Line;
  char Next;
  while (true) {
    ssize_t Got = read(Socket, &Next, 1);
    if (Got < 0 && errno == EINTR)
      continue;
    if (Got <= 0)
      return "";
    if (Next == '\n')
      return Line;
    Line += Next;
  }
}

/// Has a job done at the other end. Nothing if there is no answer.
std::optional<size_t> converse(int Socket, const std::string &JobFile) {
  size_t Held;
  if (!sendAll(Socket, JobFile + '\n') ||
      StringRef(receiveLine(Socket)).getAsInteger(10, Held))
    return std::nullopt;
  return Held;
}

} // namespace

//===----------------------------------------------------------------------===//
// The parent
//===----------------------------------------------------------------------===//

/// A process that waits holds what it has parsed.
static size_t memoryForWaiting() {
  constexpr size_t Most = 4096; // MB
  long Pages = sysconf(_SC_PHYS_PAGES), Size = sysconf(_SC_PAGESIZE);
  return Pages < 0 ? 0 : std::min(Most, (size_t(Pages) / 4 * size_t(Size)) >> 20);
}

Servers::Servers(std::string Self, std::optional<size_t> Memory)
    : Self(std::move(Self)), Free(Memory ? *Memory : memoryForWaiting()) {}

void Servers::end() {
  for (auto &[Unit, Each] : Waiting)
    close(Each.Socket);
  Waiting.clear();
  for (auto &[Group, Socket] : Alive)
    close(Socket);
  Alive.clear();
  if (Nursery < 0)
    return;
  close(Nursery);
  Nursery = -1;
  while (Process && waitpid(Process, nullptr, 0) < 0 && errno == EINTR)
    ;
}

/// What is parsed fills memory by the megabyte: glibc is told so before it starts.
static std::vector<char *> environment(std::string &Tunables) {
  std::vector<char *> All;
  for (char **Each = environ; *Each; ++Each)
    if (StringRef(*Each).starts_with("GLIBC_TUNABLES="))
      Tunables += (":" + StringRef(*Each).split('=').second).str(); // wins
    else
      All.push_back(*Each);
  All.push_back(Tunables.data());
  All.push_back(nullptr);
  return All;
}

int Servers::startNursery() {
  int Ends[2];
  if (!makePair(Ends))
    return -1;
  posix_spawn_file_actions_t Actions;
  posix_spawn_file_actions_init(&Actions);
  posix_spawn_file_actions_adddup2(&Actions, Ends[1], 0);
  for (int Output : {1, 2})
    posix_spawn_file_actions_addopen(&Actions, Output, "/dev/null", O_WRONLY, 0);
  const char *Arguments[] = {Self.c_str(), "--serve", nullptr};
  std::string Tunables =
      "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864";
  int Failure =
      posix_spawn(&Process, Self.c_str(), &Actions, nullptr,
                  const_cast<char *const *>(Arguments),
                  environment(Tunables).data());
  posix_spawn_file_actions_destroy(&Actions);
  close(Ends[1]);
  if (Failure) {
    close(Ends[0]);
    return -1;
  }
  return Ends[0];
}

/// A new child of who listens there, or nothing.
int Servers::fork(int Listener) {
  int Ends[2];
  if (Listener < 0 || !makePair(Ends))
    return -1;
  bool IsSent = sendDescriptor(Listener, Ends[1]);
  // If nobody took the other end, or its owner dies, there is nothing to read.
  close(Ends[1]);
  if (IsSent)
    return Ends[0];
  close(Ends[0]);
  return -1;
}

int Servers::nursery() {
  if (!IsStarted)
    Nursery = startNursery();
  IsStarted = true;
  return Nursery;
}

/// A server that is not wanted any more does what it was asked, and ends; so do its
/// files that wait.
void Servers::stop(size_t Group) {
  for (auto I = Waiting.begin(); I != Waiting.end();)
    I = I->second.Group == Group ? forget(I) : std::next(I);
  Alive.remove_if([&](const std::pair<size_t, int> &Server) {
    if (Server.first == Group)
      close(Server.second);
    return Server.first == Group;
  });
}

int Servers::serverOf(size_t Group, const std::string &ServerJob) {
  for (auto I = Alive.begin(); I != Alive.end(); ++I)
    if (I->first == Group) {
      Alive.splice(Alive.begin(), Alive, I);
      return I->second;
    }
  int Socket = IsBroken[Group] ? -1 : fork(nursery());
  if (Socket < 0)
    return -1;
  sendAll(Socket, ServerJob + '\n');
  if (Alive.size() == MaxAlive)
    stop(Alive.back().first);
  Alive.emplace_front(Group, Socket);
  return Socket;
}

size_t Servers::numberOf(const Job &ServerJob) {
  return Numbers.try_emplace(textOf(ServerJob), Numbers.size() + 1).first->second;
}

void Servers::start(size_t Group, const std::string &ServerJob) {
  std::lock_guard<std::mutex> Guard(Lock);
  serverOf(Group, ServerJob);
}

int Servers::childOf(size_t Group, const std::string &ServerJob) {
  std::lock_guard<std::mutex> Guard(Lock);
  if (!Group)
    return fork(nursery());
  int Server = serverOf(Group, ServerJob);
  int Socket = fork(Server);
  if (Server >= 0 && Socket < 0) {
    stop(Group);
    IsBroken[Group] = true;
  }
  return Socket;
}

Servers::Waiters::iterator Servers::forget(Waiters::iterator Which) {
  close(Which->second.Socket);
  Free += Which->second.Held;
  return Waiting.erase(Which);
}

bool Servers::ask(size_t Unit, size_t Group, const std::string &ServerJob,
                  const std::string &JobFile) {
  int Socket = childOf(Group, ServerJob);
  if (Socket < 0)
    return false;
  std::optional<size_t> Held = converse(Socket, JobFile);
  std::lock_guard<std::mutex> Guard(Lock);
  if (Held && *Held && *Held <= Free) {
    Free -= *Held;
    Waiting[Unit] = {Group, Socket, *Held};
    return true;
  }
  close(Socket);
  return Held.has_value();
}

bool Servers::canWait() {
  std::lock_guard<std::mutex> Guard(Lock);
  return Free && Waiting.size() < MaxWaiting;
}

bool Servers::askAgain(size_t Unit, const std::string &JobFile) {
  int Socket;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    auto Found = Waiting.find(Unit);
    if (Found == Waiting.end())
      return false;
    // From here on it is nobody else's to close.
    Socket = std::exchange(Found->second.Socket, -1);
    Waiting.erase(Found);
  }
  bool IsDone = converse(Socket, JobFile).has_value();
  close(Socket);
  return IsDone;
}

void Servers::dismiss(size_t Unit) {
  std::lock_guard<std::mutex> Guard(Lock);
  auto Found = Waiting.find(Unit);
  if (Found != Waiting.end())
    forget(Found);
}

//===----------------------------------------------------------------------===//
// The server
//===----------------------------------------------------------------------===//

namespace {

constexpr StringRef ForkPragma = "ddi_check_fork";

/// No answer; the parent knows what to do.
[[noreturn]] void giveUp() { _exit(ToolFailed); }

/// Hears what means something else in a file that begins in a server.
class Oddities : public PPCallbacks {
public:
  Oddities(Preprocessor &PP, bool &IsOdd)
      : SM(PP.getSourceManager()), IsOdd(IsOdd),
        Base(PP.getIdentifierInfo("__BASE_FILE__")),
        Level(PP.getIdentifierInfo("__INCLUDE_LEVEL__")) {}

  void MacroExpands(const Token &Name, const MacroDefinition &, SourceRange,
                    const MacroArgs *) override {
    const IdentifierInfo *Word = Name.getIdentifierInfo();
    IsOdd |= Word == Base || Word == Level;
  }

  /// The file includes itself, or says that it is a system header.
  void FileChanged(SourceLocation At, FileChangeReason Reason,
                   SrcMgr::CharacteristicKind, FileID) override {
    FileID File = SM.getFileID(At), Main = SM.getMainFileID();
    if (Reason == SystemHeaderPragma)
      IsOdd |= File == Main;
    else if (Reason == EnterFile && File != Main)
      IsOdd |= SM.getFileEntryForID(File) != nullptr &&
               SM.getFileEntryForID(File) == SM.getFileEntryForID(Main);
  }

private:
  const SourceManager &SM;
  bool &IsOdd;
  const IdentifierInfo *Base, *Level;
};

/// Those that have ended, or all.
void reap(int Options) {
  while (waitpid(-1, nullptr, Options) > 0)
    ;
}

/// Returns in each child, with the socket of its job.
int forkForJobs(int Requests) {
  while (true) {
    int Next = receiveDescriptor(Requests);
    reap(WNOHANG);
    if (Next < 0)
      break;
    if (fork() == 0) {
      close(Requests);
      return Next;
    }
    close(Next);
  }
  reap(0);
  _exit(Clean);
}

/// Whether the process ends by a signal when the other end is closed: who asked for
/// its work is gone. It must not be sent anything then.
void endWithAsker(int Socket, bool DoesEnd) {
  int Flags = fcntl(Socket, F_GETFL);
  fcntl(Socket, F_SETOWN, getpid());
  fcntl(Socket, F_SETFL, DoesEnd ? Flags | O_ASYNC : Flags & ~O_ASYNC);
}

/// Nothing if nobody asks any more.
std::optional<Job> receiveJob(int Socket) {
  std::string File = receiveLine(Socket);
  if (File.empty())
    return std::nullopt;
  std::optional<Job> J = readJob(File);
  bool IsOfFile = J && J->Preamble.empty();
  endWithAsker(Socket, IsOfFile);
  if (J)
    limit(*J, IsOfFile ? Socket : -1);
  return J;
}

/// Huge pages are cheap where a process gets those of the last one. Who waits with
/// a whole file takes memory that nobody has used, by the page no more than needed.
void useSmallPages() {
#ifdef PR_SET_THP_DISABLE
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
#endif
}

size_t usedMemory() { return llvm::sys::Process::GetMallocUsage() >> 20; }

/// Works for whoever is at the other end of a socket: as a server, if the job has a
/// preamble, or as one of its children; or does a file from its beginning.
class ForkingWorker : public Worker {
public:
  ForkingWorker(Job &J, int Socket)
      : Worker(J, llvm::makeIntrusiveRefCnt<Inputs>()), Socket(Socket),
        IsServer(!J.Preamble.empty()), IsShared(IsServer) {}

  void prepare(CompilerInstance &CI) override {
    if (!IsServer)
      return;
    std::string Text = J.Preamble + "#pragma " + ForkPragma.str() + "\n";
    CI.getPreprocessorOpts().addRemappedFile(
        J.Input,
        llvm::MemoryBuffer::getMemBufferCopy(Text, J.Input).release());
  }

  void begin(CompilerInstance &CI) override;
  /// Returns in each child of a server, which goes on with the file of its job.
  void serve(Preprocessor &PP, SourceLocation At);
  /// Reads in a child, and waits to analyse, if that is wanted.
  void parsed() override;
  /// Says that the job is done.
  [[noreturn]] void finish(const Answer &A);

private:
  int Socket; // of the job; in a server, where children are asked for
  bool IsServer, IsShared, IsOdd = false;
  size_t Before = usedMemory(), Held = 0; // MB

  void enterFile(Preprocessor &PP, SourceLocation At);
};

class ForkHandler : public PragmaHandler {
public:
  explicit ForkHandler(ForkingWorker &W) : PragmaHandler(ForkPragma), W(W) {}

  void HandlePragma(Preprocessor &PP, PragmaIntroducer, Token &First) override {
    SourceLocation At = First.getLocation();
    Token T;
    do
      PP.Lex(T);
    while (T.isNot(tok::eod) && T.isNot(tok::eof));
    W.serve(PP, At);
  }

private:
  ForkingWorker &W;
};

void ForkingWorker::begin(CompilerInstance &CI) {
  if (!IsServer)
    return;
  Preprocessor &PP = CI.getPreprocessor();
  PP.AddPragmaHandler(new ForkHandler(*this)); // PP owns it
  PP.addPPCallbacks(std::make_unique<Oddities>(PP, IsOdd));
}

void ForkingWorker::serve(Preprocessor &PP, SourceLocation At) {
  const SourceManager &SM = PP.getSourceManager();
  if (!IsServer || SM.getFileID(At) != SM.getMainFileID())
    return;
  if (IsOdd || PP.getDiagnostics().hasErrorOccurred())
    giveUp();
  unlimit();
  keepList();
  if (!J.Output.empty() && !Lists.empty())
    writeFile(J.Output, Lists.back());
  Socket = forkForJobs(Socket);
  IsServer = false;
  Before = usedMemory();
  std::optional<Job> Mine = receiveJob(Socket);
  if (!Mine)
    giveUp();
  J = std::move(*Mine);
  enterFile(PP, At);
}

void ForkingWorker::parsed() {
  if (!J.IsAskedAgain)
    return;
  size_t Grown = usedMemory() - Before;
  unsigned Left = unlimit();
  endWithAsker(Socket, false);
  pid_t Reader = fork();
  if (Reader <= 0) {
    Held = Reader < 0 ? 0 : std::max<size_t>(Grown, 1);
    endWithAsker(Socket, true);
    limitAgain(Left);
    return;
  }
  int Status;
  if (waitpid(Reader, &Status, 0) != Reader || Status != 0)
    giveUp();
  std::optional<Job> Second = receiveJob(Socket);
  if (!Second)
    giveUp();
  J = std::move(*Second);
}

void ForkingWorker::finish(const Answer &A) {
  unlimit();
  endWithAsker(Socket, false);
  // Alone, an error is the file's own.
  if (IsServer || IsOdd || (IsShared && !A.Error.empty()) || !deliver(A))
    giveUp();
  sendAll(Socket, std::to_string(Held) + '\n');
  // The file is done: what is in memory need not be taken apart.
  _exit(Clean);
}

/// A main file is included by none.  But the order of places is that of inclusion:
/// so this one is ordered as if the preamble's included it, and then it is not.
FileID createMainFile(SourceManager &SM, FileEntryRef File, SourceLocation At) {
  FileID Main = SM.createFileID(File, At, SrcMgr::C_User);
  SM.getDecomposedIncludedLoc(Main); // is asked once, and then remembered
  auto &Info = const_cast<SrcMgr::SLocEntry &>(SM.getSLocEntry(Main)).getFile();
  auto &Content = const_cast<SrcMgr::ContentCache &>(Info.getContentCache());
  Info = SrcMgr::FileInfo::get(SourceLocation(), Content, SrcMgr::C_User,
                               Info.getName());
  SM.setMainFileID(Main);
  return Main;
}

void ForkingWorker::enterFile(Preprocessor &PP, SourceLocation At) {
  SourceManager &SM = PP.getSourceManager();
  std::string Preamble = SM.getBufferData(SM.getMainFileID()).str();
  Preamble.resize(StringRef(Preamble).rfind("#pragma"));
  auto File = SM.getFileManager().getFileRef(J.Input);
  if (!File) {
    llvm::consumeError(File.takeError());
    giveUp();
  }
  if (SM.translateFile(*File).isValid()) // the preamble includes it
    giveUp();
  auto Buffer = SM.getFileManager().getBufferForFile(*File);
  if (!Buffer)
    giveUp();
  std::optional<std::string> Rest = blankPreamble(
      (*Buffer)->getBuffer(), Preamble, PP.getLangOpts());
  if (!Rest)
    giveUp();
  SM.overrideFileContents(
      *File, llvm::MemoryBuffer::getMemBufferCopy(*Rest, J.Input));
  PP.markIncluded(*File);
  PP.EnterSourceFile(createMainFile(SM, *File, At), nullptr, At);
}

} // namespace

int runServer() {
  int Socket = forkForJobs(STDIN_FILENO);
  std::optional<Job> J = receiveJob(Socket);
  if (!J || llvm::sys::fs::set_current_path(J->Directory))
    return ToolFailed;
  if (J->IsAskedAgain)
    useSmallPages();
  ForkingWorker W(*J, Socket);
  W.finish(W.work());
}

} // namespace ddi

#else

namespace ddi {

Servers::Servers(std::string Self, std::optional<size_t>)
    : Self(std::move(Self)), Free(0) {}
void Servers::end() {}
bool Servers::ask(size_t, size_t, const std::string &, const std::string &) {
  return false;
}
bool Servers::askAgain(size_t, const std::string &) { return false; }
bool Servers::canWait() { return false; }
void Servers::dismiss(size_t) {}
size_t Servers::numberOf(const Job &) { return 1; }
void Servers::start(size_t, const std::string &) {}
void Servers::stop(size_t) {}
int runServer() { return ToolFailed; }

} // namespace ddi

#endif
