//===- Server.cpp - Files that begin alike, parsed once -------------------===//

#include "Server.h"
#include "Exit.h"
#include "Preamble.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"

#if LLVM_ON_UNIX

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

using namespace clang;

namespace ddi {

//===----------------------------------------------------------------------===//
// A job is a socket on which its file's name is written
//===----------------------------------------------------------------------===//

namespace {

constexpr char Done = '+';

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

std::string receiveAll(int Socket) {
  std::string Text;
  char Some[4096];
  while (true) {
    ssize_t Got = read(Socket, Some, sizeof(Some));
    if (Got < 0 && errno == EINTR)
      continue;
    if (Got <= 0)
      return Text;
    Text.append(Some, size_t(Got));
  }
}

} // namespace

//===----------------------------------------------------------------------===//
// The parent
//===----------------------------------------------------------------------===//

void Servers::end() {
  for (auto &[Group, Socket] : Alive)
    close(Socket);
  Alive.clear();
  for (int Process : Processes)
    while (waitpid(Process, nullptr, 0) < 0 && errno == EINTR)
      ;
  Processes.clear();
}

int Servers::start(const std::string &ServerJob) {
  int Ends[2];
  if (!makePair(Ends))
    return -1;
  posix_spawn_file_actions_t Actions;
  posix_spawn_file_actions_init(&Actions);
  posix_spawn_file_actions_adddup2(&Actions, Ends[1], 0);
  for (int Output : {1, 2})
    posix_spawn_file_actions_addopen(&Actions, Output, "/dev/null", O_WRONLY, 0);
  const char *Arguments[] = {Self.c_str(), "--serve", ServerJob.c_str(),
                             nullptr};
  pid_t Process;
  int Failure =
      posix_spawn(&Process, Self.c_str(), &Actions, nullptr,
                  const_cast<char *const *>(Arguments), environ);
  posix_spawn_file_actions_destroy(&Actions);
  close(Ends[1]);
  if (Failure) {
    close(Ends[0]);
    return -1;
  }
  Processes.push_back(Process);
  return Ends[0];
}

/// A server that is not wanted any more does what it was asked, and ends.
void Servers::stop(size_t Group) {
  Alive.remove_if([&](const std::pair<size_t, int> &Server) {
    if (Server.first == Group)
      close(Server.second);
    return Server.first == Group;
  });
}

int Servers::socketOf(size_t Group, const std::string &ServerJob) {
  for (auto I = Alive.begin(); I != Alive.end(); ++I)
    if (I->first == Group) {
      Alive.splice(Alive.begin(), Alive, I);
      return I->second;
    }
  if (IsBroken[Group])
    return -1;
  int Socket = start(ServerJob);
  if (Socket < 0)
    return -1;
  if (Alive.size() == MaxAlive)
    stop(Alive.back().first);
  Alive.emplace_front(Group, Socket);
  return Socket;
}

bool Servers::ask(size_t Group, const std::string &ServerJob,
                  const std::string &JobFile) {
  int Ends[2];
  if (!makePair(Ends))
    return false;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    int Socket = socketOf(Group, ServerJob);
    if (Socket >= 0 && !sendDescriptor(Socket, Ends[1])) {
      stop(Group);
      IsBroken[Group] = true;
    }
  }
  // If nobody took the other end, or its owner dies, there is nothing to read.
  close(Ends[1]);
  bool IsSent = sendAll(Ends[0], JobFile) && shutdown(Ends[0], SHUT_WR) == 0;
  bool IsDone = IsSent && receiveAll(Ends[0]) == std::string(1, Done);
  close(Ends[0]);
  return IsDone;
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

class ForkingWorker : public Worker {
public:
  using Worker::Worker;

  int Socket = -1; // of the job; negative in the server itself
  bool IsOdd = false;

  void prepare(CompilerInstance &CI) override {
    std::string Text = J.Preamble + "#pragma " + ForkPragma.str() + "\n";
    CI.getPreprocessorOpts().addRemappedFile(
        J.Input,
        llvm::MemoryBuffer::getMemBufferCopy(Text, J.Input).release());
  }

  void begin(CompilerInstance &CI) override;

  /// Returns in each child, with its job.
  void forkForJobs();
  /// Goes on with the file of the job.
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
    const SourceManager &SM = PP.getSourceManager();
    if (W.Socket >= 0 || SM.getFileID(At) != SM.getMainFileID())
      return;
    if (W.IsOdd || PP.getDiagnostics().hasErrorOccurred())
      giveUp();
    W.forkForJobs();
    W.enterFile(PP, At);
  }

private:
  ForkingWorker &W;
};

void ForkingWorker::begin(CompilerInstance &CI) {
  Preprocessor &PP = CI.getPreprocessor();
  PP.AddPragmaHandler(new ForkHandler(*this)); // PP owns it
  PP.addPPCallbacks(std::make_unique<Oddities>(PP, IsOdd));
}

/// Those that have ended, or all.
void reap(int Options) {
  while (waitpid(-1, nullptr, Options) > 0)
    ;
}

void ForkingWorker::forkForJobs() {
  keepList();
  while (true) {
    int Next = receiveDescriptor(STDIN_FILENO);
    reap(WNOHANG);
    if (Next < 0)
      break;
    if (fork() == 0) {
      Socket = Next;
      close(STDIN_FILENO);
      std::optional<Job> Mine = readJob(receiveAll(Socket));
      if (!Mine)
        giveUp();
      J = std::move(*Mine);
      return;
    }
    close(Next);
  }
  reap(0);
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

int runServer(const std::string &JobFile) {
  std::optional<Job> J = readJob(JobFile);
  if (!J || llvm::sys::fs::set_current_path(J->Directory))
    return ToolFailed;
  ForkingWorker W(*J, llvm::makeIntrusiveRefCnt<Inputs>());
  Answer A = W.work();
  if (W.Socket < 0 || W.IsOdd || !A.Error.empty() || !W.deliver(A))
    giveUp();
  sendAll(W.Socket, StringRef(&Done, 1));
  // The file is done: what is in memory need not be taken apart.
  _exit(Clean);
}

} // namespace ddi

#else

namespace ddi {

void Servers::end() {}
bool Servers::ask(size_t, const std::string &, const std::string &) {
  return false;
}
int runServer(const std::string &) { return ToolFailed; }

} // namespace ddi

#endif
