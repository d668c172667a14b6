//===- Stats.h - What a run does, and what it took ------------------------===//
#ifndef DDI_STATS_H
#define DDI_STATS_H

#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <mutex>
#include <string>
#include <vector>

namespace ddi {

/// Counts files and time, phase by phase. On a terminal it shows how far it is.
class Stats {
public:
  void begin(const std::string &Phase, size_t Files = 0);
  void end();
  enum Way { Alone, Shared, InMemory, Cached, Failed };
  /// A file is done, in that way; any thread may say so.
  void count(llvm::StringRef File, Way How);
  void print() const;

private:
  struct Phase {
    std::string Name;
    size_t Files = 0;
    size_t Done[Failed + 1] = {}; // in each way
    double Seconds = 0;
  };
  std::vector<Phase> Phases;
  std::chrono::steady_clock::time_point Start;
  std::mutex Lock;

  void showProgress(llvm::StringRef File) const;
};

} // namespace ddi

#endif
