//===- Stats.cpp - What a run does, and what it took ----------------------===//

#include "Stats.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <iterator>
#include <numeric>
#if LLVM_ON_UNIX
#include <sys/resource.h>
#endif

namespace ddi {

void Stats::begin(const std::string &Name, size_t Files) {
  Phases.emplace_back();
  Phases.back().Name = Name;
  Phases.back().Files = Files;
  Start = std::chrono::steady_clock::now();
}

void Stats::end() {
  std::chrono::duration<double> Taken = std::chrono::steady_clock::now() - Start;
  Phases.back().Seconds = Taken.count();
  if (llvm::errs().is_displayed() && Phases.back().Files)
    llvm::errs() << "\r\033[K";
}

void Stats::showProgress(llvm::StringRef File) const {
  if (!llvm::errs().is_displayed())
    return;
  const Phase &Now = Phases.back();
  llvm::errs() << "\r\033[K["
               << std::accumulate(Now.Done, std::end(Now.Done), size_t(0))
               << '/' << Now.Files << "] " << llvm::sys::path::filename(File);
}

void Stats::count(llvm::StringRef File, Way How) {
  std::lock_guard<std::mutex> Guard(Lock);
  ++Phases.back().Done[How];
  showProgress(File);
}

/// Of this process and of all that have ended.
static void printUsage() {
#if LLVM_ON_UNIX
  auto Seconds = [](const timeval &Time) {
    return double(Time.tv_sec) + double(Time.tv_usec) / 1e6;
  };
  double All = 0;
  rusage Usage;
  for (int Who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    getrusage(Who, &Usage);
    All += Seconds(Usage.ru_utime) + Seconds(Usage.ru_stime);
  }
#ifdef __APPLE__
  long Unit = 1 << 20;
#else
  long Unit = 1 << 10;
#endif
  llvm::errs() << "ddi-check: " << llvm::format("%.2f", All)
               << " s of CPU, at most " << Usage.ru_maxrss / Unit
               << " MB in a process\n";
#endif
}

void Stats::print() const {
  for (const Phase &P : Phases) {
    llvm::errs() << "ddi-check: " << P.Name << ": ";
    if (P.Files)
      llvm::errs() << P.Done[Alone] + P.Done[Shared] << " parsed, "
                   << P.Done[Shared] << " of them in a server, "
                   << P.Done[InMemory] << " parsed before, "
                   << P.Done[Cached] << " from cache, " << P.Done[Failed]
                   << " failed, ";
    llvm::errs() << llvm::format("%.2f", P.Seconds) << " s\n";
  }
  printUsage();
}

} // namespace ddi
