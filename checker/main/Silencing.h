//===- Silencing.h - What the source silences, over all files -------------===//
#ifndef DDI_SILENCING_H
#define DDI_SILENCING_H

#include "Findings.h"
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ddi {

/// A suppression, and whether a finding was silenced by it.
struct UsedSuppression {
  Suppression Is;
  bool IsUsed = false;
};
llvm::json::Value toJSON(const UsedSuppression &S);

/// The suppressions of a run.
class Silencing {
public:
  /// With these rules; a comment without a reason may not count.
  Silencing(const std::vector<std::string> &Rules, bool RequiresReason);

  /// Those that stand in a file, and in its headers. Who was not analysed whole
  /// does not tell which of them is unused.
  void add(const std::vector<Suppression> &Written, bool IsWhole);
  /// Something in the file is not decided.
  void leaveOpen(const std::string &File);
  /// Takes out the findings that are silenced, and returns them.
  std::vector<Finding> take(std::vector<Finding> &From);

  /// Says what is wrong with suppressions, a line each.
  void complain(llvm::raw_ostream &OS) const;
  /// Those that are used, and those that surely are not, by their places.
  std::vector<UsedSuppression> all() const;

private:
  using Key = std::tuple<std::string, int, std::string>; // file, line, kind
  struct Known {
    Suppression Is;
    bool IsWhole = true;
  };
  const std::vector<std::string> &Rules;
  const bool RequiresReason;
  std::string Here; // the folder to which names are relative
  std::map<Place, Known> All; // by keyOf
  std::set<Key> Listed, Used;
  std::set<std::string> Open; // files

  Place keyOf(Place At) const;
  Key keyOf(const Suppression &S) const;
  bool counts(const Suppression &S) const;
  bool areRulesOn(const Suppression &S) const;
};

} // namespace ddi

#endif
