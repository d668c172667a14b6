//===- Place.h - Where something is written ---------------------------------===//
#ifndef DDI_PLACE_H
#define DDI_PLACE_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <tuple>

namespace clang {
class SourceManager;
} // namespace clang

namespace ddi {

/// A place in a file; line and column count from one.
struct Place {
  std::string File;
  int Line = 0, Column = 0;

  bool operator<(const Place &Other) const { return key() < Other.key(); }
  bool operator==(const Place &Other) const { return key() == Other.key(); }

private:
  std::tuple<const std::string &, const int &, const int &> key() const {
    return std::tie(File, Line, Column);
  }
};

/// In the file as it lies there, whatever #line says.
Place placeOf(clang::SourceLocation Loc, const clang::SourceManager &SM);

llvm::json::Value toJSON(const Place &P);
bool fromJSON(const llvm::json::Value &V, Place &P, llvm::json::Path At);

} // namespace ddi

#endif
