// Objects that lock in their constructor and unlock in their destructor.
// RUN: %ddi %s
#include <ntifs.h>

class CriticalRegion {
public:
  CriticalRegion() { KeEnterCriticalRegion(); }
  ~CriticalRegion() {
    KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' lets normal kernel APCs in while 'r' is still held}}
  }
};

class ExclusiveLock {
  PERESOURCE Resource;

public:
  explicit ExclusiveLock(PERESOURCE r) : Resource(r) {
    ExAcquireResourceExclusiveLite(r, TRUE);
  }
  ~ExclusiveLock() { ExReleaseResourceLite(Resource); }
};

class LeakyLock {
public:
  explicit LeakyLock(PERESOURCE r) { ExAcquireResourceExclusiveLite(r, TRUE); }
};

struct Device {
  ERESOURCE Resource;
  bool Started;
  virtual void start();
  void okMethod();
  void badMethod();
};

// --- ok ---

void ok_guards(PERESOURCE r) {
  CriticalRegion region;
  ExclusiveLock lock(r);
}

void ok_early_return(Device *device) {
  CriticalRegion region;
  ExclusiveLock lock(&device->Resource);
  if (!device->Started)
    return;
  device->start();
}

void Device::okMethod() {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&Resource, TRUE);
  ExReleaseResourceLite(&Resource);
  KeLeaveCriticalRegion();
}

void ok_lambda(PERESOURCE r) {
  auto with = [](PERESOURCE inner) {
    ExAcquireResourceExclusiveLite(inner, TRUE);
    ExReleaseResourceLite(inner);
  };
  KeEnterCriticalRegion();
  with(r);
  KeLeaveCriticalRegion();
}

// Whoever calls a virtual method calls what overrides it.
struct Base {
  ERESOURCE Resource;
  virtual void lock() = 0;
  virtual void unlock();
};

struct Derived : Base {
  void lock() override {
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(&Resource, TRUE);
  }
  void unlock() override {
    ExReleaseResourceLite(&Resource);
    KeLeaveCriticalRegion();
  }
};

void ok_virtual(Base *base) {
  base->lock();
  base->unlock();
}

struct Counter {
  ERESOURCE Resource;
  Counter &operator++() {
    ExAcquireResourceSharedLite(&Resource, TRUE);
    return *this;
  }
  operator bool() {
    ExReleaseResourceLite(&Resource);
    return true;
  }
};

bool ok_operators(Counter &counter) {
  CriticalRegion region;
  ++counter;
  return counter;
}

template <typename Function> static void withLock(PERESOURCE r, Function f) {
  CriticalRegion region;
  ExclusiveLock lock(r);
  f();
}

void ok_lambda_as_argument(PERESOURCE r) {
  withLock(r, [=] {
    ExReleaseResourceLite(r);
    ExAcquireResourceExclusiveLite(r, TRUE);
  });
}

struct Owner {
  ERESOURCE Resource;
  Owner() { ExInitializeResourceLite(&Resource); }
  ~Owner() { ExDeleteResourceLite(&Resource); }
};

Owner GlobalOwner;

void ok_global_object() {
  CriticalRegion region;
  ExclusiveLock lock(&GlobalOwner.Resource);
}

namespace other {
void KeEnterCriticalRegion();
}

// Another function of the same name is no DDI.
void ok_same_name_in_a_namespace() { other::KeEnterCriticalRegion(); }

// --- bad ---

void bad_guard_keeps(PERESOURCE r) {
  CriticalRegion region; // the finding is in its destructor
  LeakyLock lock(r);
}

void Device::badMethod() {
  ExAcquireResourceSharedLite(&Resource, TRUE); // expected-warning {{'ExAcquireResourceSharedLite' with normal kernel APCs enabled}}
  ExReleaseResourceLite(&Resource);
}

void bad_region_ends_too_early(PERESOURCE r) {
  {
    CriticalRegion region; // likewise
    ExAcquireResourceExclusiveLite(r, TRUE);
  }
  ExReleaseResourceLite(r);
}
