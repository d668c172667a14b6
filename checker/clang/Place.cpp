//===- Place.cpp - Where something is written -------------------------------===//

#include "Place.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace ddi {

Place placeOf(SourceLocation Loc, const SourceManager &SM) {
  SourceLocation Expansion = SM.getExpansionLoc(Loc);
  PresumedLoc Presumed = SM.getPresumedLoc(Expansion, /*UseLineDirectives=*/false);
  if (Presumed.isInvalid())
    return {};
  return {Presumed.getFilename(), int(Presumed.getLine()),
          int(Presumed.getColumn())};
}

llvm::json::Value toJSON(const Place &P) {
  return llvm::json::Object{
      {"file", P.File}, {"line", P.Line}, {"column", P.Column}};
}

bool fromJSON(const llvm::json::Value &V, Place &P, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  return O && O.map("file", P.File) && O.map("line", P.Line) &&
         O.map("column", P.Column);
}

} // namespace ddi
