#include <wdm.h>

namespace Space {
_IRQL_requires_max_(APC_LEVEL) void inside(void *A);
// CHECK-DAG: ["max 1"],{{.*}}"name":"Space::inside"

class Owner {
public:
  _Acquires_lock_(this->Lock) _IRQL_saves_ KIRQL acquire();
  _Releases_lock_(this->Lock) void release(_In_ _IRQL_restores_ KIRQL Old) {
    Lock = Old;
  }
  // CHECK-DAG: ["releases this->Lock","restores #1"],{{.*}}"name":"Space::Owner::release"
  _IRQL_requires_max_(PASSIVE_LEVEL) ~Owner();
  // CHECK-DAG: ["max 0"],{{.*}}"name":"Space::Owner::~Owner"
  friend _IRQL_requires_max_(APC_LEVEL) void befriended(Owner &O);
  // CHECK-DAG: ["max 1"],{{.*}}"name":"Space::befriended"
  void plain();
  KSPIN_LOCK Lock;
};

template <class T> class Holder {
  _IRQL_requires_max_(DISPATCH_LEVEL) void set(T *Value);
  // CHECK-DAG: ["max 2"],{{.*}}"name":"Space::Holder::set"
};
} // namespace Space

template <class T> _IRQL_requires_max_(APC_LEVEL) T copied(T *Value);
// CHECK-DAG: ["max 1"],{{.*}}"name":"copied"

extern "C" _IRQL_requires_max_(APC_LEVEL) void linked(void);
// CHECK-DAG: ["max 1"],{{.*}}"name":"linked"
_IRQL_requires_min_(APC_LEVEL) extern "C" void linked_too(void);
// CHECK-DAG: ["min 1"],{{.*}}"name":"linked_too"
extern "C" {
_IRQL_requires_max_(APC_LEVEL) void linked_in_braces(void);
// CHECK-DAG: ["max 1"],{{.*}}"name":"linked_in_braces"
}
_IRQL_requires_max_(APC_LEVEL)
KIRQL Space::Owner::acquire() { return 0; }
// CHECK-DAG: ["acquires this->Lock","saves result","max 1"],{{.*}}"name":"Space::Owner::acquire"
using ALIAS = void(void *A);
void plain_at_the_end();
