//===- Exploration.cpp - What it took to explore a function ---------------===//

#include "Exploration.h"

namespace ddi {

llvm::json::Value toJSON(const Exploration &E) {
  return llvm::json::Object{{"function", E.Function},
                            {"nodes", E.Nodes},
                            {"seconds", E.Seconds},
                            {"cut", E.IsCut},
                            {"broken", llvm::json::Array(E.Broken)}};
}

bool fromJSON(const llvm::json::Value &V, Exploration &E, llvm::json::Path At) {
  llvm::json::ObjectMapper O(V, At);
  std::vector<std::string> Broken;
  bool IsRead = O && O.map("function", E.Function) && O.map("nodes", E.Nodes) &&
                O.map("seconds", E.Seconds) && O.map("cut", E.IsCut) &&
                O.map("broken", Broken);
  E.Broken.insert(Broken.begin(), Broken.end());
  return IsRead;
}

std::vector<Exploration> &explorations() {
  static std::vector<Exploration> All;
  return All;
}

} // namespace ddi
