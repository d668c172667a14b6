//===- Solver.h - What of a program is not proved clean -------------------===//
#ifndef DDI_SOLVER_H
#define DDI_SOLVER_H

#include "Program.h"
#include "ddi_sketch.h"
#include <functional>
#include <vector>

namespace ddi {

struct SolverOptions {
  unsigned Strictness = DDI_DOCUMENTED;
  bool IsOpenWorld = false;
  std::function<bool(const ddi_rule &)> IsOn;
  /// The name of a file, of which the unit of this number speaks, as all know it;
  /// if none is given, names are left as they are.
  std::function<std::string(std::string File, uint32_t Unit)> Resolve;
};

/// A function's sketch, under the name that all units share.
struct Sketched {
  ddi_name Name;
  const ddi_body *Body;
  uint32_t Unit; // the number of its file, from 1
};

/// Marks the functions of a linked program that have to be explored, and tells
/// their callers in other files what they do.
void findCandidates(Program &Whole, const std::vector<Sketched> &Sketches,
                    ddi_names &Names, const SolverOptions &Options);

} // namespace ddi

#endif
