//===- Inputs.h - What a compilation reads --------------------------------===//
#ifndef DDI_INPUTS_H
#define DDI_INPUTS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <optional>
#include <string>

namespace ddi {

/// The real file system, which writes down what was asked of it: the content of
/// what was read, the kind of what was only looked at, and what was not there.
class Inputs : public llvm::vfs::ProxyFileSystem {
public:
  Inputs() : ProxyFileSystem(llvm::vfs::getRealFileSystem()) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  bool exists(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine &Folder,
                                          std::error_code &Failure) override;

  /// What was asked since the last time, a line for each path, in their order.
  std::string take();
  /// Writes down the state of a path.
  void record(llvm::StringRef Absolute, std::string State);

private:
  llvm::StringMap<std::string> States;

  std::string absolute(const llvm::Twine &Path) const;
};

/// Compares with what is there now, and looks at each path once.
class InputChecker {
public:
  /// Whether all is as the lines say that Inputs wrote.
  bool isUnchanged(llvm::StringRef Lines);

private:
  llvm::StringMap<std::string> Kinds, Contents, Listings;

  bool isAsRecorded(llvm::StringRef State, llvm::StringRef Path);
};

/// A name for the text: two texts of one name are the same.
std::string hashOf(llvm::StringRef Text);

} // namespace ddi

#endif
