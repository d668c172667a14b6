//===- OrderPairs.h - Orders of locks that both were found ------------------===//
#ifndef DDI_ORDERPAIRS_H
#define DDI_ORDERPAIRS_H

#include "Findings.h"

namespace ddi {

/// When all files were analysed: of the orders between two locks keeps the first two
/// that are a deadlock, each told of the other, and none that has no other. The
/// findings are sorted, and stay so.
void pairOrders(std::vector<Finding> &Findings);

} // namespace ddi

#endif
