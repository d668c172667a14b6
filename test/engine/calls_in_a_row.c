// RUN: %ddi %s --rules wdm
//
// Calls in a row, each of which comes back in two ways: they are not followed in all
// their combinations.
#include <ntifs.h>

static int step(FAST_MUTEX *mutex, int wanted) {
  if (!wanted)
    return 0;
  ExAcquireFastMutex(mutex);
  ExReleaseFastMutex(mutex);
  return 1;
}

static int in_a_row(FAST_MUTEX *mutex, const int *wanted) {
  int s0 = step(mutex, wanted[0]);
  int s1 = step(mutex, wanted[1]);
  int s2 = step(mutex, wanted[2]);
  int s3 = step(mutex, wanted[3]);
  int s4 = step(mutex, wanted[4]);
  int s5 = step(mutex, wanted[5]);
  int s6 = step(mutex, wanted[6]);
  int s7 = step(mutex, wanted[7]);
  int s8 = step(mutex, wanted[8]);
  int s9 = step(mutex, wanted[9]);
  int s10 = step(mutex, wanted[10]);
  int s11 = step(mutex, wanted[11]);
  int s12 = step(mutex, wanted[12]);
  int s13 = step(mutex, wanted[13]);
  int s14 = step(mutex, wanted[14]);
  int s15 = step(mutex, wanted[15]);
  int s16 = step(mutex, wanted[16]);
  int s17 = step(mutex, wanted[17]);
  int s18 = step(mutex, wanted[18]);
  int s19 = step(mutex, wanted[19]);
  int s20 = step(mutex, wanted[20]);
  int s21 = step(mutex, wanted[21]);
  int s22 = step(mutex, wanted[22]);
  int s23 = step(mutex, wanted[23]);
  return s0 + 2 * s1 + 2 * s2 + 2 * s3 + 2 * s4 + 2 * s5 + 2 * s6 + 2 * s7 + 2 * s8 +
         2 * s9 + 2 * s10 + 2 * s11 + 2 * s12 + 2 * s13 + 2 * s14 + 2 * s15 + 2 * s16 +
         2 * s17 + 2 * s18 + 2 * s19 + 2 * s20 + 2 * s21 + 2 * s22 + 2 * s23;
}

// --- ok ---

VOID ok_row(ERESOURCE *resource, FAST_MUTEX *mutex, const int *wanted) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(resource, TRUE);
  in_a_row(mutex, wanted);
  ExReleaseResourceLite(resource);
  KeLeaveCriticalRegion();
}

// --- bad ---

VOID bad_row(ERESOURCE *resource, FAST_MUTEX *mutex, const int *wanted) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(resource, TRUE);
  in_a_row(mutex, wanted);
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' lets normal kernel APCs in while 'resource' is still held}}
  ExReleaseResourceLite(resource);
}
