//===- Cache.cpp - Answers of earlier runs --------------------------------===//

#include "Cache.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace ddi {

/// The name is what pruning goes by.
static std::string fileFor(StringRef Folder, StringRef Name) {
  SmallString<256> Path(Folder);
  sys::path::append(Path, "llvmcache-" + Name);
  return std::string(Path);
}

Error writeWhole(const std::string &Path, StringRef Text) {
  ErrorOr<sys::fs::perms> Before = sys::fs::getPermissions(Path);
  Expected<sys::fs::TempFile> Temporary = sys::fs::TempFile::create(
      Path + "-%%%%%%%%",
      Before ? *Before : sys::fs::owner_read | sys::fs::owner_write);
  if (!Temporary)
    return Temporary.takeError();
  std::error_code Failure;
  {
    raw_fd_ostream Out(Temporary->FD, /*shouldClose=*/false);
    Out << Text;
    Out.flush();
    Failure = Out.error();
    Out.clear_error();
  }
  if (!Failure)
    return Temporary->keep(Path);
  consumeError(Temporary->discard());
  return errorCodeToError(Failure);
}

static std::string readWhole(const std::string &Path) {
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

Cache::Cache(std::string Path) : Folder(std::move(Path)) {
  if (Folder.empty())
    return;
  if (std::error_code Failure = sys::fs::create_directories(Folder)) {
    warn(Failure.message());
    Folder.clear();
  }
}

void Cache::warn(StringRef Why) {
  if (!HasWarned)
    errs() << "ddi-check: warning: cannot keep results in '" << Folder
           << "': " << Why << "; --cache names another folder, --no-cache none\n";
  HasWarned = true;
}

std::string Cache::keepList(StringRef Folder, StringRef Lines) {
  std::string Name = hashOf(Lines), Path = fileFor(Folder, Name);
  if (sys::fs::exists(Path) && hashOf(readWhole(Path)) == Name)
    return Name;
  if (Error Failure = writeWhole(Path, Lines)) {
    consumeError(std::move(Failure));
    return "";
  }
  return Name;
}

bool Cache::isUnchanged(StringRef Name) {
  auto [Known, IsNew] = IsListUnchanged.try_emplace(Name, false);
  if (!IsNew)
    return Known->second;
  std::string Lines = readWhole(fileFor(Folder, Name));
  Known->second = hashOf(Lines) == Name && Checker.isUnchanged(Lines);
  return Known->second;
}

// An entry: the hash of the rest, key, stamp, lists, each a line; the answer.

std::optional<std::string> Cache::find(StringRef Key, StringRef Stamp) {
  if (Folder.empty())
    return std::nullopt;
  std::string Text = readWhole(fileFor(Folder, Key));
  std::lock_guard<std::mutex> Guard(Lock);
  auto [Hash, Rest] = StringRef(Text).split('\n');
  if (Hash != hashOf(Rest))
    return std::nullopt;
  SmallVector<StringRef, 4> Lines;
  Rest.split(Lines, '\n', 3);
  if (Lines.size() != 4 || Lines[0] != Key || Lines[1] != Stamp)
    return std::nullopt;
  SmallVector<StringRef, 4> Lists;
  Lines[2].split(Lists, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef List : Lists)
    if (!isUnchanged(List))
      return std::nullopt;
  return Lines[3].str();
}

void Cache::keep(StringRef Key, StringRef Stamp,
                 const std::vector<std::string> &Lists, StringRef Answer) {
  if (Folder.empty())
    return;
  bool HasLists = !is_contained(Lists, "");
  std::string Rest =
      (Key + "\n" + Stamp + "\n" + join(Lists, " ") + "\n" + Answer).str();
  Error Failure = HasLists ? writeWhole(fileFor(Folder, Key),
                                        hashOf(Rest) + "\n" + Rest)
                           : createStringError("the lists were not written");
  if (!Failure)
    return;
  std::lock_guard<std::mutex> Guard(Lock);
  warn(toString(std::move(Failure)));
}

void Cache::prune() const {
  if (Folder.empty())
    return;
  CachePruningPolicy Policy;
  Policy.Expiration = std::chrono::hours(24 * 30);
  pruneCache(Folder, Policy);
}

} // namespace ddi
