// RUN: %ddi %s
#include <ntifs.h>

// Each lambda is a function of its own.

typedef struct _EXTENSION {
  ERESOURCE Resource;
} EXTENSION, *PEXTENSION;

template <class F> static void on(PEXTENSION e, F run) { run(e); }

// --- ok ---

void ok_enters_and_leaves(PEXTENSION e) {
  on(e, [](PEXTENSION) { KeEnterCriticalRegion(); });
  on(e, [](PEXTENSION) { KeLeaveCriticalRegion(); });
}

void ok_generic(PEXTENSION e) {
  on(e, [](auto) { KeEnterCriticalRegion(); });
  on(e, [](auto) { KeLeaveCriticalRegion(); });
}

// --- bad ---

void bad_direct(PEXTENSION e) {
  auto enter = [] { KeEnterCriticalRegion(); };
  enter();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

void bad_first_enters(PEXTENSION e) {
  on(e, [](PEXTENSION) { KeEnterCriticalRegion(); });
  on(e, [](PEXTENSION) {});
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

void bad_second_enters(PEXTENSION e) {
  on(e, [](PEXTENSION) {});
  on(e, [](PEXTENSION) { KeEnterCriticalRegion(); });
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

void bad_generic(PEXTENSION e) {
  on(e, [](auto) { KeEnterCriticalRegion(); });
  on(e, [](auto) {});
  return; // expected-warning {{Returns inside a critical region that was not left}}
}
