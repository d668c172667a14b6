//===- Run.h - All files of a driver --------------------------------------===//
//
// Two rounds: what all files say of the program, then the analysis with that
// knowledge.  Each file is done by a process of its own, so that a crash loses one
// file and not the run.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_RUN_H
#define DDI_RUN_H

#include "Driver.h"
#include "Exit.h"
#include "Server.h"
#include "Units.h"
#include "clang/Tooling/CompilationDatabase.h"
#include <optional>
#include <string>
#include <vector>

namespace ddi {

/// What is asked of a run.
struct Request {
  std::string Self; // the program's own file
  std::vector<clang::tooling::CompileCommand> Commands;
  std::vector<std::string> Rules;
  std::string Strictness, World;
  std::vector<GivenRole> Roles;
  std::vector<std::string> Wrappers; // as setWrappers() has understood them
  std::string CacheFolder; // empty: keep nothing
  std::string IndexFile;   // of the files that are not given, or empty
  std::string WriteIndex;  // where to write one, or empty
  /// What the index knows of the driver counts as it is: nothing is solved. Of a file
  /// that is not as it was, all is explored, or what a change of these lines affects.
  bool IsEdited = false;
  std::vector<std::pair<int, int>> Lines;
  std::string ReportFile;  // where to tell what was done, or empty
  unsigned Jobs = 0;       // at a time; zero: as many as there are cores
  std::optional<unsigned> Memory; // MB, for files that wait to be analysed
  bool AsJSON = false, WantsFixes = false, WantsStats = false, Shares = true;
  bool ShowsUndecided = false, ShowsSuppressed = false, RequiresReason = false;
  unsigned Timeout = 0, FileMemory = 0; // seconds and MB for a file, or zero
  bool ExploresAll = false; // proves nothing
  unsigned Part = 0, Parts = 0; // the share of the files that is done, from 1; or all
  bool ReadsOnly = false;       // analyses nothing
  bool IsResident = false; // one of many, for which servers stay
  std::string Candidates; // of this function, or "*", to be explained
};

/// What the server of the group is asked.
Job serverJobFor(const Request &R, const Group &G);

/// Looks for what is wrong, and prints it.
ExitStatus check(Request R, Servers &Sharing);
/// Does a share of the work, so that a run that finds it in the cache need not.
ExitStatus prepare(Request R, Servers &Sharing);
/// Prints the functions as they are solved.
ExitStatus listSketches(Request R, Servers &Sharing);
/// Prints where the system enters.
ExitStatus listRoles(Request R, Servers &Sharing);
/// Prints what annotations say.
ExitStatus listContracts(Request R, Servers &Sharing);

} // namespace ddi

#endif
