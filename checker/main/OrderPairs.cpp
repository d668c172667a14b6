//===- OrderPairs.cpp - Orders of locks that both were found ----------------===//

#include "OrderPairs.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

namespace ddi {
namespace {

/// By the two locks, whichever is held.
using Locks = std::pair<std::string, std::string>;

Locks locksOf(const Order &O) {
  return std::minmax(O.Held, O.Acquired);
}

void replace(std::string &Text, const std::string &From, const std::string &To) {
  size_t At = Text.find(From);
  if (At != std::string::npos)
    Text.replace(At, From.size(), To);
}

/// Who has the locks the other way round the solver says: of several perhaps another.
void tellOf(Finding &F, const Finding &Other) {
  const KnownOrder Was = *F.Inverted;
  if (Was.At.File == Other.At.File && Was.At.Line == Other.At.Line)
    return;
  F.Inverted->Function = Other.Function;
  F.Inverted->At = {Other.At.File, Other.At.Line, Other.At.Column};
  replace(F.Message, spell(Was), spell(*F.Inverted));
  std::string Before = "'" + Was.Function + "' acquires ";
  if (F.Path.empty() || !llvm::StringRef(F.Path.back().Message).starts_with(Before))
    return;
  replace(F.Path.back().Message, Was.Function, Other.Function);
  F.Path.back().At = Other.At;
}

} // namespace

void pairOrders(std::vector<Finding> &Findings) {
  std::map<Locks, std::vector<Finding *>> ByLocks;
  for (Finding &F : Findings)
    if (F.Inverted)
      ByLocks[locksOf(F.Inverted->Is)].push_back(&F);
  std::set<const Finding *> Kept;
  for (auto &[Which, All] : ByLocks) {
    for (Finding *F : All) {
      auto Other = llvm::find_if(All, [&](const Finding *G) {
        return invert(F->Inverted->Is, G->Inverted->Is);
      });
      if (Other == All.end())
        continue;
      Kept.insert({F, *Other});
      tellOf(*F, **Other);
      tellOf(**Other, *F);
      break;
    }
  }
  llvm::erase_if(Findings, [&](const Finding &F) {
    return F.Inverted && !Kept.count(&F);
  });
}

} // namespace ddi
