//===- Exploration.h - What it took to explore a function -----------------===//
#ifndef DDI_EXPLORATION_H
#define DDI_EXPLORATION_H

#include "llvm/Support/JSON.h"
#include <set>
#include <string>
#include <vector>

namespace ddi {

/// A function that the analyzer has entered by itself, and what came of it.
struct Exploration {
  std::string Function; // the name that all units share
  int64_t Nodes = 0;
  double Seconds = 0;           // for the reader: decides nothing
  bool IsCut = false;           // the budget ended it
  std::set<std::string> Broken; // rules
};

llvm::json::Value toJSON(const Exploration &E);
bool fromJSON(const llvm::json::Value &V, Exploration &E, llvm::json::Path At);

/// Those of this process, in their order: it does one file.
std::vector<Exploration> &explorations();

} // namespace ddi

#endif
