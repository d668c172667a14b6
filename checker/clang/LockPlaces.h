//===- LockPlaces.h - The places of locks, as the solver calls them ---------===//
#ifndef DDI_LOCKPLACES_H
#define DDI_LOCKPLACES_H

#include "SketchProgram.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/MemRegion.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/SVals.h"
#include <memory>
#include <optional>
#include <string>

namespace ddi {

class LockPlaces {
public:
  LockPlaces(clang::ASTContext &Context, const Sal &Annotations);

  /// See ddi_order.h; empty: it has none.
  std::string placeOf(clang::ento::SVal Address);
  /// The members that lead there, as far as one structure lies in another; nothing if
  /// no other thread has a name for it.
  std::optional<std::string> wayTo(clang::ento::SVal Address);
  /// A member behind the way to the structure that it is in.
  static std::string join(const std::string &Way, llvm::StringRef Member) {
    return (Way.empty() ? Member : Way + "/" + Member).str();
  }

  /// One of several; empty if it is not known which.
  static std::string element(const std::string &Place, clang::ento::SVal Index);

  // Those that a path has seen, by ddi_id.path.
  void note(uintptr_t Path, std::string Place) {
    Known.try_emplace(Path, std::move(Place));
  }
  std::string find(uintptr_t Path) const { return Known.lookup(Path); }
  void forget() { Known.clear(); }

private:
  std::unique_ptr<ddi_names, decltype(&ddi_names_free)> Names;
  SketchProgram Program;
  llvm::DenseMap<uintptr_t, std::string> Known;

  std::optional<std::string> wayTo(const clang::ento::MemRegion *Region);
  std::string placeOf(const clang::ento::MemRegion *Region);
  std::string text(ddi_name Name) const {
    return ddi_names_text(Names.get(), Name);
  }
};

} // namespace ddi

#endif
