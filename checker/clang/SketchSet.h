//===- SketchSet.h - Sketches of a unit, or of a whole driver -------------===//
#ifndef DDI_SKETCH_SET_H
#define DDI_SKETCH_SET_H

#include "SketchReader.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace ddi {

/// Bodies, and the names that they use.
class SketchSet {
public:
  SketchSet() : Names(ddi_names_new()) {}

  std::vector<NamedBody> Bodies;
  ddi_names &names() const { return *Names; }
  std::string write() const;
  /// Adds what write() wrote; false, and nothing is added, if it is anything else.
  bool read(llvm::StringRef Text);
  /// Leaves out what is not wanted, by its name and by the file that it is in.
  using Wanted = llvm::function_ref<bool(ddi_name Function, ddi_name File)>;
  bool read(llvm::StringRef Text, Wanted IsWanted);

private:
  struct Deleter {
    void operator()(ddi_names *N) const { ddi_names_free(N); }
  };
  std::unique_ptr<ddi_names, Deleter> Names;
};

} // namespace ddi

#endif
