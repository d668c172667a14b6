//===- Scratch.h - A folder for what goes between processes
//----------------===//
#ifndef DDI_SCRATCH_H
#define DDI_SCRATCH_H

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include <string>

namespace ddi {

/// A folder of its own, gone at the end.
class Scratch {
public:
  Scratch() { llvm::sys::fs::createUniqueDirectory("ddi-check", Path); }
  ~Scratch() { llvm::sys::fs::remove_directories(Path); }
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;

  std::string file(const llvm::Twine &Name) const {
    return (llvm::Twine(Path) + "/" + Name).str();
  }
  bool exists() const { return !Path.empty(); }

private:
  llvm::SmallString<128> Path;
};

} // namespace ddi

#endif
