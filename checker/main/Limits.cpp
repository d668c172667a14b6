//===- Limits.cpp - What one file may take --------------------------------===//

#include "Limits.h"
#include "Exit.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/ErrorHandling.h"

#if LLVM_ON_UNIX

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace ddi {
namespace {

/// All that is needed when there is no memory, or a signal has come.
struct LastWords {
  char Output[4096];
  char Late[256], Large[256]; // answers
  int Socket;
} Words;

void writeAll(int File, const char *Text) {
  for (size_t Left = strlen(Text); Left;) {
    ssize_t Written = write(File, Text, Left);
    if (Written <= 0)
      return;
    Text += Written;
    Left -= size_t(Written);
  }
}

/// Calls only what a signal handler may.
[[noreturn]] void leave(const char *Answer) {
  int File = open(Words.Output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  writeAll(File, Answer);
  close(File);
  if (Words.Socket >= 0)
    writeAll(Words.Socket, "0\n");
  _exit(Clean);
}

void tooLate(int) { leave(Words.Late); }
void tooLarge(void *, const char *, bool) { leave(Words.Large); }

void keep(char *Into, size_t Size, const std::string &Text) {
  snprintf(Into, Size, "%s", Text.c_str());
}

std::string answerOf(const std::string &Why) {
  Answer A;
  A.Error = Why;
  return writeAnswer(A);
}

void setMemory(rlim_t Bytes) {
  rlimit Limit;
  getrlimit(RLIMIT_DATA, &Limit);
  Limit.rlim_cur = std::min(Bytes, Limit.rlim_max);
  setrlimit(RLIMIT_DATA, &Limit);
}

void limitMemory(unsigned Megabytes) {
  static bool IsHandled = false;
  if (!Megabytes)
    return;
  if (!IsHandled)
    llvm::install_bad_alloc_error_handler(tooLarge);
  IsHandled = true;
  setMemory(rlim_t(Megabytes) << 20);
}

} // namespace

void limit(const Job &J, int Socket) {
  keep(Words.Output, sizeof(Words.Output), J.Output);
  keep(Words.Late, sizeof(Words.Late),
       answerOf("it took longer than --timeout " + std::to_string(J.Timeout) +
                " s"));
  keep(Words.Large, sizeof(Words.Large),
       answerOf("it took more memory than --file-memory " +
                std::to_string(J.Memory) + " MB"));
  Words.Socket = Socket;
  limitMemory(unsigned(J.Memory));
  signal(SIGALRM, tooLate);
  alarm(unsigned(J.Timeout));
}

unsigned unlimit() { return alarm(0); }
void limitAgain(unsigned Seconds) { alarm(Seconds); }
void unlimitMemory() { setMemory(RLIM_INFINITY); }

} // namespace ddi

#else

namespace ddi {

void limit(const Job &, int) {}
unsigned unlimit() { return 0; }
void limitAgain(unsigned) {}
void unlimitMemory() {}

} // namespace ddi

#endif
