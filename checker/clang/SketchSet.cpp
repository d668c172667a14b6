//===- SketchSet.cpp - Sketches of a unit, or of a whole driver -----------===//

#include "SketchSet.h"
#include <cstdio>
#include <cstdlib>

namespace ddi {

std::string SketchSet::write() const {
  std::vector<ddi_named_body> Functions;
  for (const NamedBody &B : Bodies)
    Functions.push_back({B.Function, B.Body.get()});
  const ddi_unit Unit = {Functions.data(), Functions.size()};
  char *Bytes = nullptr;
  size_t Length = 0;
  FILE *Memory = open_memstream(&Bytes, &Length);
  if (!Memory)
    return "";
  bool IsWritten = ddi_unit_write(&Unit, &names(), Memory);
  IsWritten &= fclose(Memory) == 0;
  std::string Text(IsWritten ? Bytes : "", IsWritten ? Length : 0);
  free(Bytes);
  return Text;
}

static bool isWanted(void *Wanted, ddi_name Function, ddi_name File) {
  return (*static_cast<SketchSet::Wanted *>(Wanted))(Function, File);
}

bool SketchSet::read(llvm::StringRef Text) {
  return read(Text, [](ddi_name, ddi_name) { return true; });
}

bool SketchSet::read(llvm::StringRef Text, Wanted IsWanted) {
  const char *Error = nullptr;
  ddi_unit *Unit = ddi_unit_read(Text.data(), Text.size(), Names.get(), isWanted,
                                 &IsWanted, &Error);
  if (!Unit)
    return false;
  for (size_t I = 0; I < Unit->count; ++I) {
    Bodies.push_back(
        {Unit->functions[I].function, BodyPtr(Unit->functions[I].body)});
    Unit->functions[I].body = nullptr; // ours now
  }
  ddi_unit_free(Unit);
  return true;
}

} // namespace ddi
