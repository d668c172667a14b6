//===- Limits.h - What one file may take ----------------------------------===//
#ifndef DDI_LIMITS_H
#define DDI_LIMITS_H

#include "Worker.h"

namespace ddi {

/// From here on this process ends, with an answer that says so, when the job takes
/// more time or memory than it may. Who asked is told at the socket, if there is
/// one. A child that is forked has the same memory, and no time.
void limit(const Job &J, int Socket);
/// Stops the clock; returns the seconds that were left, zero if there was no limit.
unsigned unlimit();
/// Goes on with so many seconds, if not zero.
void limitAgain(unsigned Seconds);

/// For what is small, and cannot say that there is no memory.
void unlimitMemory();

} // namespace ddi

#endif
