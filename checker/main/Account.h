//===- Account.h - What a run did, for who reports it ---------------------===//
#ifndef DDI_ACCOUNT_H
#define DDI_ACCOUNT_H

#include "Silencing.h"
#include "Verdicts.h"
#include "llvm/Support/Error.h"

namespace ddi {

/// A file of the run, and why it was not analysed, or nothing.
struct FileAccount {
  std::string File, Why;
};

/// What --report tells: no findings, but how much was looked at.
struct Account {
  std::vector<FileAccount> Files;
  Verdicts::Counts Counts;
  int64_t EntryPoints = 0; // functions that the system enters
  std::vector<UsedSuppression> Suppressions;
  /// Of an edited file, if not of all of it: the functions that this speaks of.
  std::optional<std::vector<std::string>> Explored;
};

/// Writes it as a JSON object, whole or not at all.
llvm::Error writeAccount(const std::string &Path, const Account &A);

} // namespace ddi

#endif
