//===- Inputs.cpp - What a compilation reads ------------------------------===//

#include "Inputs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>
#include <vector>

using namespace llvm;

namespace ddi {

std::string hashOf(StringRef Text) {
  XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Text));
  return utohexstr(Hash.high64, /*LowerCase=*/true, /*Width=*/16) +
         utohexstr(Hash.low64, /*LowerCase=*/true, /*Width=*/16);
}

//===----------------------------------------------------------------------===//
// Recording
//===----------------------------------------------------------------------===//

namespace {

// The first letter of a state; behind the last two there is a hash.
constexpr char Missing = '-', SomeFile = 'f', Folder = 'd', Content = 'c',
               Listing = 'l';

std::string kindOf(const ErrorOr<vfs::Status> &Status) {
  return {!Status ? Missing : Status->isDirectory() ? Folder : SomeFile};
}

std::string listingOf(vfs::FileSystem &Files, StringRef Path) {
  std::vector<std::string> Names;
  std::error_code Failure;
  for (vfs::directory_iterator I = Files.dir_begin(Path, Failure), End;
       !Failure && I != End; I.increment(Failure))
    Names.push_back(sys::path::filename(I->path()).str());
  llvm::sort(Names);
  return Listing + hashOf(join(Names, "\n"));
}

class RecordedFile : public vfs::File {
public:
  RecordedFile(std::unique_ptr<vfs::File> Real, std::string Path, Inputs &Into)
      : Real(std::move(Real)), Path(std::move(Path)), Into(&Into) {}

  ErrorOr<vfs::Status> status() override { return Real->status(); }
  ErrorOr<std::string> getName() override { return Real->getName(); }
  std::error_code close() override { return Real->close(); }

  ErrorOr<std::unique_ptr<MemoryBuffer>>
  getBuffer(const Twine &Name, int64_t Size, bool RequiresNullTerminator,
            bool IsVolatile) override {
    auto Buffer =
        Real->getBuffer(Name, Size, RequiresNullTerminator, IsVolatile);
    if (Buffer)
      Into->record(Path, Content + hashOf((*Buffer)->getBuffer()));
    return Buffer;
  }

protected:
  void setPath(const Twine &New) override {
    if (auto Renamed = getWithPath(std::move(Real), New))
      Real = std::move(*Renamed);
  }

private:
  std::unique_ptr<vfs::File> Real;
  std::string Path;
  IntrusiveRefCntPtr<Inputs> Into;
};

} // namespace

std::string Inputs::absolute(const Twine &Path) const {
  SmallString<256> Absolute;
  Path.toVector(Absolute);
  if (!sys::path::is_absolute(Absolute))
    makeAbsolute(Absolute);
  return std::string(Absolute);
}

void Inputs::record(StringRef Absolute, std::string State) {
  std::string &Known = States[Absolute];
  // The content says more than that there is a file.
  if (Known.size() <= 1 || State.size() > 1)
    Known = std::move(State);
}

ErrorOr<vfs::Status> Inputs::status(const Twine &Path) {
  auto Status = ProxyFileSystem::status(Path);
  record(absolute(Path), kindOf(Status));
  return Status;
}

bool Inputs::exists(const Twine &Path) { return bool(status(Path)); }

ErrorOr<std::unique_ptr<vfs::File>>
Inputs::openFileForRead(const Twine &Path) {
  std::string Absolute = absolute(Path);
  auto File = ProxyFileSystem::openFileForRead(Path);
  if (!File) {
    record(Absolute, kindOf(ProxyFileSystem::status(Path)));
    return File;
  }
  record(Absolute, {SomeFile});
  return std::make_unique<RecordedFile>(std::move(*File), Absolute, *this);
}

vfs::directory_iterator Inputs::dir_begin(const Twine &Folder,
                                          std::error_code &Failure) {
  std::string Absolute = absolute(Folder);
  record(Absolute, listingOf(getUnderlyingFS(), Absolute));
  return ProxyFileSystem::dir_begin(Folder, Failure);
}

std::string Inputs::take() {
  std::vector<StringRef> Paths;
  for (const auto &Entry : States)
    Paths.push_back(Entry.getKey());
  llvm::sort(Paths);
  std::string Lines;
  for (StringRef Path : Paths)
    Lines += States[Path] + ' ' + Path.str() + '\n';
  States.clear();
  return Lines;
}

//===----------------------------------------------------------------------===//
// Checking
//===----------------------------------------------------------------------===//

static std::string contentOf(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  return Buffer ? Content + hashOf((*Buffer)->getBuffer()) : "";
}

bool InputChecker::isAsRecorded(StringRef State, StringRef Path) {
  StringMap<std::string> &Known = State[0] == Content   ? Contents
                                  : State[0] == Listing ? Listings
                                                        : Kinds;
  auto [Entry, IsNew] = Known.try_emplace(Path);
  std::string &Now = Entry->second;
  if (IsNew) {
    vfs::FileSystem &Files = *vfs::getRealFileSystem();
    Now = State[0] == Content   ? contentOf(Path)
          : State[0] == Listing ? listingOf(Files, Path)
                                : kindOf(Files.status(Path));
  }
  return State == Now;
}

bool InputChecker::isUnchanged(StringRef Lines) {
  while (!Lines.empty()) {
    auto [Line, Rest] = Lines.split('\n');
    auto [State, Path] = Line.split(' ');
    if (State.empty() || !isAsRecorded(State, Path))
      return false;
    Lines = Rest;
  }
  return true;
}

} // namespace ddi
