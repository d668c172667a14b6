//===- Server.h - Files that begin alike, parsed once ---------------------===//
//
// A server parses the preamble that several files share, up to a pragma behind
// it, and waits.  For each job it forks, and the child goes on with the rest of
// its file: what the preamble declares is in its memory already.  Whatever goes
// wrong, or is not as in a file by itself, leaves no answer, and the parent does
// that job in a process of its own.
//
// Where there is no fork there are no servers.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SERVER_H
#define DDI_SERVER_H

#include "Worker.h"
#include <list>
#include <map>
#include <mutex>

namespace ddi {

/// The servers of a run; a few are alive at a time.
class Servers {
public:
  explicit Servers(std::string Self) : Self(std::move(Self)) {}
  ~Servers() { end(); }

  /// Has the job done by the server of this group, which is started with the job
  /// in the other file if it is not there. Blocks; any thread may ask. False if
  /// there is no answer.
  bool ask(size_t Group, const std::string &ServerJob,
           const std::string &JobFile);
  /// Stops all, and waits for them.
  void end();

  static constexpr size_t MaxAlive = 8;

private:
  std::string Self;
  std::mutex Lock;
  std::list<std::pair<size_t, int>> Alive; // group and socket, last used first
  std::map<size_t, bool> IsBroken;
  std::vector<int> Processes;

  int socketOf(size_t Group, const std::string &ServerJob);
  int start(const std::string &ServerJob);
  void stop(size_t Group);
};

/// What a server does: waits on its standard input. Returns its exit status.
int runServer(const std::string &JobFile);

} // namespace ddi

#endif
