//===- Orders.h - Orders of locks, between files and processes -------------===//
#ifndef DDI_ORDERS_H
#define DDI_ORDERS_H

#include "Summary.h"
#include "ddi_order.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace ddi {

class Archive;

/// A path that holds one lock and waits for another, as ddi_order, by text.
struct Order {
  std::string Held, Acquired; // places
  bool HoldsShared = false, AcquiresShared = false;
  std::vector<std::string> Gates; // one without a text may be any
};

/// Who has two locks in an order, and where the second is acquired.
struct KnownOrder {
  Order Is;
  std::string Function; // as the user calls it
  Spot At;
};

/// Whether the two are a deadlock.
bool invert(const Order &A, const Order &B);
/// "'Flush' (cache.c:12)".
std::string spell(const KnownOrder &O);

void members(Archive &A, KnownOrder &O);
llvm::json::Value toJSON(const KnownOrder &O);
bool fromJSON(const llvm::json::Value &V, KnownOrder &O, llvm::json::Path At);

} // namespace ddi

#endif
