//===- Server.h - Processes that are forked, and not started ---------------===//
//
// A process that has loaded all that is needed, the nursery, waits and forks for
// each file.  It also forks servers: a server parses the preamble that several
// files share, up to a pragma behind it, and waits.  For each job it forks, and the
// child goes on with the rest of its file: what the preamble declares is in its
// memory already.
//
// Who has parsed a file reads it in a child, and waits with what it has parsed: it
// may be asked to analyse that file in the second round.  How many wait is bounded
// by the memory that they hold.
//
// Whatever goes wrong, or is not as in a file by itself, leaves no answer, and the
// parent does that job in a process of its own.
//
// Where there is no fork there is none of them.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SERVER_H
#define DDI_SERVER_H

#include "Worker.h"
#include <list>
#include <map>
#include <mutex>
#include <optional>

namespace ddi {

/// The processes of a run; any thread may ask for one.
class Servers {
public:
  /// Files that wait may hold so many MB; by default a part of what there is.
  Servers(std::string Self, std::optional<size_t> Memory);
  ~Servers() { end(); }

  /// Under which the server that does the job is known.
  size_t numberOf(const Job &ServerJob);
  /// Starts it, unless it is there.
  void start(size_t Group, const std::string &ServerJob);
  /// It is not to be used any more, nor are its files that wait.
  void stop(size_t Group);
  /// In a fork of the process that has them: they outlive it.
  void borrow() { Process = 0; }

  /// Has the unit's job done by a child of the server of this group, which is
  /// started with the job in the other file if it is not there; in group zero, of
  /// the nursery. Blocks. False if there is no answer.
  bool ask(size_t Unit, size_t Group, const std::string &ServerJob,
           const std::string &JobFile);
  /// By the process that did the unit's first job, if it waits.
  bool askAgain(size_t Unit, const std::string &JobFile);
  /// Whether there is room for one more that waits.
  bool canWait();
  /// There will be no second job.
  void dismiss(size_t Unit);
  /// Stops all, and waits for them.
  void end();

private:
  static constexpr size_t MaxAlive = 8, MaxWaiting = 256;
  struct Waiter {
    size_t Group;
    int Socket;
    size_t Held; // MB
  };
  using Waiters = std::map<size_t, Waiter>; // by unit

  std::string Self;
  std::mutex Lock;
  int Nursery = -1, Process = 0;
  bool IsStarted = false;
  std::list<std::pair<size_t, int>> Alive; // group and socket, last used first
  std::map<size_t, bool> IsBroken;
  std::map<std::string, size_t> Numbers; // of groups, by their servers' jobs
  Waiters Waiting;
  size_t Free; // MB

  int startNursery();
  int nursery();
  int fork(int Listener);
  int childOf(size_t Group, const std::string &ServerJob);
  int serverOf(size_t Group, const std::string &ServerJob);
  Waiters::iterator forget(Waiters::iterator Which);
};

/// What the nursery does: waits on its standard input. Returns its exit status.
int runServer();

} // namespace ddi

#endif
