//===- Commands.cpp - What a build says of its files ----------------------===//

#include "Commands.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace clang;
using llvm::StringRef;

namespace ddi {

static bool isJSON(StringRef Path, std::string &Why) {
  auto Text = llvm::MemoryBuffer::getFile(Path);
  if (!Text) {
    Why = Text.getError().message();
    return false;
  }
  llvm::Expected<llvm::json::Value> Value =
      llvm::json::parse((*Text)->getBuffer());
  if (!Value)
    Why = llvm::toString(Value.takeError());
  return bool(Value);
}

llvm::Expected<std::vector<tooling::CompileCommand>>
commandsFromDatabase(const std::string &Folder,
                     const std::vector<std::string> &Files) {
  llvm::SmallString<256> Path(Folder);
  llvm::sys::path::append(Path, "compile_commands.json");
  std::string Why;
  std::unique_ptr<tooling::CompilationDatabase> Database;
  if (isJSON(Path, Why)) // the database's own parser prints what it dislikes
    Database = tooling::JSONCompilationDatabase::loadFromFile(
        Path, Why, tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return llvm::createStringError(
        "'" + Path.str().str() + "' cannot be used as a compile database: " +
        StringRef(Why).rtrim().str() +
        "; let the build write one (CMake: CMAKE_EXPORT_COMPILE_COMMANDS), or "
        "give the flags after --");
  std::vector<tooling::CompileCommand> All = Database->getAllCompileCommands();
  if (All.empty())
    return llvm::createStringError("'" + Path.str().str() +
                                   "' names no files; build the driver first");
  if (Files.empty())
    return All;
  std::vector<tooling::CompileCommand> Wanted;
  for (const std::string &File : Files) {
    llvm::SmallString<256> Absolute(File);
    llvm::sys::fs::make_absolute(Absolute);
    llvm::sys::path::remove_dots(Absolute, true);
    auto Commands = Database->getCompileCommands(Absolute);
    if (Commands.empty())
      return llvm::createStringError(
          "'" + File + "' is not in '" + Path.str().str() +
          "'; add it to the build, or give its flags after --");
    llvm::append_range(Wanted, Commands);
  }
  return Wanted;
}

} // namespace ddi
