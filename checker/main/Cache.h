//===- Cache.h - Answers of earlier runs ----------------------------------===//
//
// An answer is kept under a key, in one file, with a stamp and the names of the
// lists of what was read for it.  Lists are files of their own, named by their
// content: most units of a driver share one.  Nothing here is believed: what is
// broken or was made from other files is as if it were not there.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_CACHE_H
#define DDI_CACHE_H

#include "Inputs.h"
#include "llvm/Support/Error.h"
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ddi {

/// Writes the file whole or not at all, whoever else writes it. Who may read what
/// it replaces may read it.
llvm::Error writeWhole(const std::string &Path, llvm::StringRef Text);

class Cache {
public:
  /// Makes the folder; an empty name means no cache.
  explicit Cache(std::string Folder);

  /// Where lists are to be kept; empty if nothing is.
  const std::string &folder() const { return Folder; }

  /// The answer under the key, if it has that stamp and all that was read for it
  /// is unchanged.
  std::optional<std::string> find(llvm::StringRef Key, llvm::StringRef Stamp);
  /// Keeps the answer, or warns once that it cannot be kept.
  void keep(llvm::StringRef Key, llvm::StringRef Stamp,
            const std::vector<std::string> &Lists, llvm::StringRef Answer);
  /// Removes what nobody asked for in a month.
  void prune() const;

  /// Whether all that the list of that name has is as it was.
  bool isUnchanged(llvm::StringRef List);
  /// Keeps a list of inputs, in any process; returns its name, empty if it cannot
  /// be kept.
  static std::string keepList(llvm::StringRef Folder, llvm::StringRef Lines);

private:
  std::string Folder;
  bool HasWarned = false;
  std::mutex Lock;
  InputChecker Checker;
  llvm::StringMap<bool> IsListUnchanged;

  void warn(llvm::StringRef Why);
};

} // namespace ddi

#endif
