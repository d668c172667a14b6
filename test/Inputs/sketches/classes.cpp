extern "C" {
#include <wdm.h>
}

struct Guard {
  explicit Guard(PFAST_MUTEX Taken) : Mutex(Taken) { ExAcquireFastMutex(Mutex); }
  ~Guard() { ExReleaseFastMutex(Mutex); }
  PFAST_MUTEX Mutex;
};

class Device {
public:
  virtual ~Device() {}
  virtual void run(ULONG Count);
  bool enter(FAST_MUTEX &Other);
  static void leave(Device *Self);
  Device &operator+=(ULONG More);

private:
  FAST_MUTEX Mutex;
  Guard *Kept = nullptr;
  Device *Next;
};

bool Device::enter(FAST_MUTEX &Other) {
  Guard Held(&Mutex);
  PFAST_MUTEX &Alias = Next->Kept->Mutex;
  ExAcquireFastMutex(&Other);
  ExReleaseFastMutex(Alias);
  Next->run(1);
  Next->Device::run(2);
  *this += 3;
  leave(this);
  auto Later = [this] { leave(this); };
  Later();
  return Kept != nullptr;
}

void make(Device *Old, Device Given) {
  delete Old;
  Guard Passed = Guard(nullptr);
  Given.run(3);
}
