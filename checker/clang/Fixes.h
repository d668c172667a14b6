//===- Fixes.h - The remedy, where it is plain ----------------------------===//
#ifndef DDI_FIXES_H
#define DDI_FIXES_H

#include "ddi_core.h"
#include "clang/Analysis/AnalysisDeclContext.h"
#include "clang/Basic/Diagnostic.h"
#include <vector>

namespace ddi {

/// Edits that keep the obligation, or none: a region around the acquisition and
/// its one release in the same block; the release of the mode that is held.
std::vector<clang::FixItHint> fixesFor(const ddi_obligation &Broken,
                                       const ddi_event &Event,
                                       const clang::CallExpr &Call,
                                       clang::AnalysisDeclContext *Function);

} // namespace ddi

#endif
