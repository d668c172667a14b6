//===- Driver.h - What all files of a driver say, together ----------------===//
//
// Each file says what it defines and calls, and gives sketches of its functions.
// Joined and solved, that is the driver; what one file needs of it is an excerpt.
// The parts are kept as an index, which stands for files that are not given.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_DRIVER_H
#define DDI_DRIVER_H

#include "Program.h"
#include "SketchSet.h"
#include "Solver.h"
#include <deque>
#include <string>
#include <vector>

namespace ddi {

/// Makes names that are relative to a folder those as seen from the current one.
class NamesFrom {
public:
  explicit NamesFrom(llvm::StringRef Folder);
  void resolve(std::string &File) const;

private:
  std::string Folder;
  bool IsHere;
};

/// An absolute path without "." and "..".
std::string absolutePath(llvm::StringRef Folder, llvm::StringRef File);

/// That the system enters a function so.
struct GivenRole {
  std::string Function, Role;
};

/// What one file says.
struct UnitFacts {
  std::string Directory; // to which its names are relative
  std::string File;      // as absolutePath
  std::string Program, Sketches; // as both write themselves
};

/// A driver as it is kept in a file, which only the same build reads.
struct Index {
  std::vector<UnitFacts> Units;
  std::string Solved; // the whole program, as it writes itself
  std::string Asked;  // with which options it was solved
};
std::string writeIndex(Index Known);
llvm::Expected<Index> readIndex(const std::string &Path);

class Driver {
public:
  /// A unit that stays where it is. Whose facts cannot be read is not part of the
  /// driver.
  void add(const UnitFacts &Unit);
  /// After all are added; with roles that the user gives to functions, by name.
  void link(const std::vector<GivenRole> &Roles = {});
  void solve(SolverOptions Options);
  /// Instead of solving: takes what was found when the driver was as this program,
  /// and its candidates.
  void recall(const Program &Solved);
  /// Of those functions, and no others.
  void explore(llvm::StringSet<> Names) { Whole.explore(std::move(Names)); }

  const Program &whole() const { return Whole; }
  Program take() { return std::move(Whole); }
  /// What the analysis of that unit, in the order of adding, needs to know.
  Program excerptFor(size_t Unit) const {
    return Whole.excerptFor(Units[Unit].Said);
  }
  /// Whether that unit has something to explore.
  bool mustExplore(size_t Unit) const;

private:
  struct Part {
    const UnitFacts &Facts;
    NamesFrom Names;
    Program Said;
  };
  std::deque<Part> Units;
  Program Whole;
};

} // namespace ddi

#endif
