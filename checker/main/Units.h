//===- Units.h - Which files can be parsed together -----------------------===//
#ifndef DDI_UNITS_H
#define DDI_UNITS_H

#include "clang/Tooling/CompilationDatabase.h"
#include <string>
#include <vector>

namespace ddi {

/// A file with its command, as it is compiled here.
struct Unit {
  std::string Directory, Filename;
  std::vector<std::string> Command;
  size_t Input = 0; // the argument that names the file; zero: none, or several
  size_t Group = 0; // of those that begin alike; zero: none

  const std::string &input() const { return Command[Input]; }
};

/// What the files of a group have in common.
struct Group {
  std::string Directory, Preamble;
  std::string Input; // a file of that folder that is not there
  std::vector<std::string> Command;
};

std::vector<Unit>
unitsOf(const std::vector<clang::tooling::CompileCommand> &Commands);

/// Finds files whose commands differ in nothing else, in one folder, with the same
/// directives before all else up to the first #include, or further. Tells each
/// unit its group; the first group is of those that have none. A file by itself has
/// none either, unless it comes again.
std::vector<Group> groupUnits(std::vector<Unit> &Units, bool ComesAgain);

} // namespace ddi

#endif
