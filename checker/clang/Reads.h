//===- Reads.h - What code from a place on may look at --------------------===//
//
// Variables, members and what pointers point to, by declaration and by type: too
// much rather than too little.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_READS_H
#define DDI_READS_H

#include "clang/Analysis/AnalysisDeclContext.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/MemRegion.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SparseBitVector.h"
#include <map>
#include <vector>

namespace ddi {

/// Of one translation unit.
class Reads {
public:
  using Set = llvm::SparseBitVector<>;

  /// What may be looked at from the beginning of the block on, until the whole
  /// stack of calls has returned.
  const Set &from(const clang::CFGBlock &Block,
                  const clang::LocationContext &Frame);
  /// Whether some of what lies there is among it.
  bool has(const Set &Later, const clang::ento::MemRegion *Region);

private:
  using Key = const void *; // of a declaration, or a type
  llvm::DenseMap<Key, unsigned> Numbers;
  std::map<const clang::CFG *, std::vector<Set>> Blocks; // by number
  llvm::DenseMap<const clang::FunctionDecl *, Set> Bodies;
  std::map<std::pair<const clang::LocationContext *, unsigned>, Set> Known;
  std::optional<Set> Indirect;

  unsigned numberOf(Key Of) {
    return Numbers.try_emplace(Of, Numbers.size()).first->second;
  }
  class Reader;
  const std::vector<Set> &blocksOf(const clang::CFG &Graph,
                                   clang::ASTContext &Context);
  const Set &bodyOf(const clang::FunctionDecl &Function);
  const Set &anyBody(clang::ASTContext &Context);
};

} // namespace ddi

#endif
