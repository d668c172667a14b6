//===- Commands.h - What a build says of its files ------------------------===//
#ifndef DDI_COMMANDS_H
#define DDI_COMMANDS_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace ddi {

/// The commands of these files, or of all, in the folder's
/// compile_commands.json. The error says what to do.
llvm::Expected<std::vector<clang::tooling::CompileCommand>>
commandsFromDatabase(const std::string &Folder,
                     const std::vector<std::string> &Files);

} // namespace ddi

#endif
