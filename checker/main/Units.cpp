//===- Units.cpp - Which files can be parsed together ---------------------===//

#include "Units.h"
#include "Driver.h"
#include "Preamble.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace clang;

namespace ddi {
namespace {

std::vector<std::string> adjust(const tooling::CompileCommand &Command) {
  using namespace tooling;
  ArgumentsAdjuster Adjuster = combineAdjusters(
      combineAdjusters(getClangStripOutputAdjuster(),
                       getClangStripDependencyFileAdjuster()),
      getClangSyntaxOnlyAdjuster());
  CommandLineArguments Arguments =
      Adjuster(Command.CommandLine, Command.Filename);
  bool HasResources = llvm::any_of(Arguments, [](StringRef Argument) {
    return Argument.starts_with("-resource-dir");
  });
  std::vector<std::string> Extra{"-Wno-everything"};
  if (!HasResources)
    Extra.push_back("-resource-dir=" DDI_RESOURCE_DIR);
  return getInsertArgumentAdjuster(Extra, ArgumentInsertPosition::BEGIN)(
      Arguments, Command.Filename);
}

size_t findInput(const Unit &U) {
  std::string File = absolutePath(U.Directory, U.Filename);
  size_t Found = 0;
  for (size_t I = 1; I < U.Command.size(); ++I) {
    if (absolutePath(U.Directory, U.Command[I]) != File)
      continue;
    if (Found)
      return 0;
    Found = I;
  }
  return Found;
}

/// The command of a file with the same ending in the same folder.
Group groupAround(const Unit &U) {
  Group G{U.Directory, "", "", U.Command};
  llvm::SmallString<256> Name(U.input());
  std::string Ending = llvm::sys::path::extension(Name).str();
  llvm::sys::path::remove_filename(Name);
  llvm::sys::path::append(Name, ".ddi-check-preamble" + Ending);
  G.Input = std::string(Name);
  G.Command[U.Input] = G.Input;
  return G;
}

struct Member {
  size_t Unit;
  std::vector<Directive> Directives;
};

/// Before it is told from the files themselves, C and C++ are alike.
std::vector<Directive> directivesOf(const Unit &U) {
  auto Text = llvm::MemoryBuffer::getFile(absolutePath(U.Directory, U.input()));
  LangOptions Options;
  Options.LineComment = true;
  return Text ? leadingDirectives((*Text)->getBuffer(), Options)
              : std::vector<Directive>();
}

size_t shareOf(const std::vector<Member> &Members) {
  const std::vector<Directive> &First = Members.front().Directives;
  size_t Share = First.size();
  for (const Member &M : Members)
    Share = std::min(Share, commonShare(First, M.Directives));
  return Share;
}

} // namespace

std::vector<Unit>
unitsOf(const std::vector<tooling::CompileCommand> &Commands) {
  std::vector<Unit> Units;
  for (const tooling::CompileCommand &Command : Commands) {
    Unit U{Command.Directory, Command.Filename, adjust(Command)};
    U.Input = findInput(U);
    Units.push_back(std::move(U));
  }
  return Units;
}

std::vector<Group> groupUnits(std::vector<Unit> &Units, bool ComesAgain) {
  std::map<std::string, std::vector<Member>> Alike;
  for (size_t I = 0; I < Units.size(); ++I) {
    if (!Units[I].Input)
      continue;
    Member M{I, directivesOf(Units[I])};
    size_t Share = firstShare(M.Directives);
    if (!Share)
      continue;
    Group G = groupAround(Units[I]);
    std::string Key = G.Directory + '\n' + llvm::join(G.Command, "\n") + '\n' +
                      preambleOf(M.Directives, Share);
    Alike[Key].push_back(std::move(M));
  }
  std::vector<Group> Groups(1);
  for (const auto &[Key, Members] : Alike) {
    if (Members.size() < 2 && !ComesAgain)
      continue;
    Group G = groupAround(Units[Members.front().Unit]);
    G.Preamble = preambleOf(Members.front().Directives, shareOf(Members));
    for (const Member &M : Members)
      Units[M.Unit].Group = Groups.size();
    Groups.push_back(std::move(G));
  }
  return Groups;
}

} // namespace ddi
