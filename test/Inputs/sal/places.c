/* To which declaration an annotation belongs. */
#include <wdm.h>

/* ---- Around a function --------------------------------------------------------- */

NTSTATUS behind(PVOID A) _IRQL_requires_max_(APC_LEVEL);
// CHECK-DAG: ["max 1"],{{.*}}"name":"behind"
VOID plain(PVOID A);
_IRQL_requires_max_(APC_LEVEL)
FORCEINLINE VOID inlined(PVOID A) { _IRQL_requires_min_(APC_LEVEL) int local; }
// CHECK-DAG: ["max 1"],{{.*}}"name":"inlined"
VOID plain_behind_a_body(PVOID A);
_IRQL_requires_max_(APC_LEVEL) static VOID defined(_In_ _IRQL_restores_ KIRQL A) {}
// CHECK-DAG: ["max 1","restores #1"],{{.*}}"name":"defined"
_IRQL_requires_max_(APC_LEVEL) struct _FIRST *makes_a_type(VOID);
// CHECK-DAG: ["max 1"],{{.*}}"name":"makes_a_type"

/* ---- Between the parameters ------------------------------------------------------- */

VOID parameters(_IRQL_restores_ KIRQL, _Acquires_lock_(*_Curr_) PVOID, int C _Releases_lock_(*A), PVOID A);
// CHECK-DAG: ["restores #1","acquires *#2","releases *#4"],{{.*}}"name":"parameters"

/* ---- Of other things ------------------------------------------------------------------ */

typedef struct _TABLE {
  _IRQL_requires_max_(APC_LEVEL) VOID (*Field)(PVOID A);
} TABLE;
VOID plain_behind_a_struct(PVOID A);
_IRQL_requires_max_(APC_LEVEL) extern VOID (*Variable)(PVOID A);
VOID plain_behind_a_variable(_IRQL_requires_max_(APC_LEVEL) VOID (*Callback)(VOID));

/* ---- Typedefs -------------------------------------------------------------------------- */

typedef _Function_class_(MY_ROUTINE) _IRQL_requires_max_(DISPATCH_LEVEL)
NTSTATUS MY_ROUTINE(_In_ _Requires_lock_held_(*_Curr_) PVOID A);
// CHECK-DAG: ["class MY_ROUTINE","max 2","held *#1"],{{.*}}"kind":"typedef",{{.*}}"name":"MY_ROUTINE"
typedef MY_ROUTINE *PMY_ROUTINE;
_IRQL_requires_max_(APC_LEVEL) typedef VOID (*PPOINTER)(PVOID A);
// CHECK-DAG: ["max 1"],{{.*}}"kind":"typedef",{{.*}}"name":"PPOINTER"
_IRQL_requires_min_(APC_LEVEL) typedef MY_ROUTINE MY_OTHER;
// CHECK-DAG: ["min 1","class MY_ROUTINE","max 2","held *#1"],{{.*}}"name":"MY_OTHER"
typedef int MY_INT;

MY_ROUTINE by_typedef;
// CHECK-DAG: ["same","class MY_ROUTINE","max 2","held *#1"],{{.*}}"kind":"function",{{.*}}"name":"by_typedef"
_IRQL_requires_same_ NTSTATUS by_typedef(PVOID B) { return 0; }

/* ---- Several declarations ------------------------------------------------------------- */

_IRQL_requires_max_(APC_LEVEL) VOID again(PVOID A);
_IRQL_requires_max_(APC_LEVEL) _Acquires_lock_(*B) VOID again(PVOID B);
VOID again(PVOID C) {}
// CHECK-DAG: ["max 1","acquires *#1"],{{.*}}"name":"again"

#if 0
_IRQL_requires_max_(APC_LEVEL)
#endif
VOID plain_behind_a_condition(PVOID A);
_IRQL_requires_max_(APC_LEVEL)
