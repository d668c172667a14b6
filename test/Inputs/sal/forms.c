/* What each annotation says, in the words of --contracts: #1 is the first
   parameter. Functions called unreadable_ say nothing. */
#include <wdm.h>

typedef struct _VCB {
  ERESOURCE Resource;
  struct _VCB *Next;
  PFAST_MUTEX Mutex;
} VCB, *PVCB;
enum { ENUMERATED = 7, MASK = 0x10 };
#define TWO 2
#define BOTH (MASK | TWO)
#define MY_MAX _IRQL_requires_max_(APC_LEVEL) _IRQL_requires_min_(PASSIVE_LEVEL)
#define MY_LEVEL(l) _IRQL_requires_max_(l)
#define MY_CALLBACK(Name) _IRQL_requires_max_(APC_LEVEL) VOID Name(PVOID P)

/* ---- Levels -------------------------------------------------------------------- */

_IRQL_requires_max_(DISPATCH_LEVEL) VOID level_max(VOID);
// CHECK-DAG: ["max 2"],{{.*}}"max":2,"min":null,"name":"level_max"
_IRQL_requires_(PASSIVE_LEVEL) VOID level_exact(VOID);
// CHECK-DAG: ["max 0","min 0"],{{.*}}"max":0,"min":0,"name":"level_exact"
_IRQL_requires_min_(1) _IRQL_always_function_min_((DISPATCH_LEVEL)) VOID level_min(VOID);
// CHECK-DAG: ["min 1","always min 2"],{{.*}}"level_min"
_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_max_(APC_LEVEL) VOID level_two(VOID);
// CHECK-DAG: ["max 2","max 1"],{{.*}}"max":1,"min":null,"name":"level_two"
_IRQL_requires_max_(IPI_LEVEL) _IRQL_always_function_max_(HIGH_LEVEL) VOID level_device(VOID);
// CHECK-DAG: ["max 3","always max 15"],{{.*}}"level_device"
_IRQL_requires_max_(TWO) VOID level_macro(VOID);
// CHECK-DAG: ["max 2"],{{.*}}"level_macro"
_IRQL_raises_(NewIrql) _IRQL_saves_ KIRQL level_raise(KIRQL NewIrql);
// CHECK-DAG: ["raises #1","saves result"],{{.*}}"level_raise"
_IRQL_requires_same_ VOID level_same(VOID);
// CHECK-DAG: ["same"],{{.*}}"level_same"
MY_MAX VOID level_own_macro(VOID);
// CHECK-DAG: ["max 1","min 0"],{{.*}}"level_own_macro"
MY_LEVEL(DISPATCH_LEVEL) VOID level_own_macro_with_argument(VOID);
// CHECK-DAG: ["max 2"],{{.*}}"level_own_macro_with_argument"
MY_CALLBACK(declared_by_macro);
// CHECK-DAG: ["max 1"],{{.*}}"declared_by_macro"
VOID unreadable_neighbour(PVOID P);
_IRQL_requires_max_(SOME_LEVEL) VOID unreadable_level(VOID);
_IRQL_requires_max_(-1) VOID unreadable_negative(VOID);

/* ---- Where the old level is kept ------------------------------------------------- */

VOID keep_at(_Out_ _At_(*OldIrql, _IRQL_saves_) PKIRQL OldIrql);
// CHECK-DAG: ["saves *#1"],{{.*}}"keep_at"
VOID keep_pointer(PVOID Lock, _Out_ _IRQL_saves_ PKIRQL OldIrql);
// CHECK-DAG: ["saves *#2"],{{.*}}"keep_pointer"
VOID keep_restore(PVOID Lock, _In_ _IRQL_restores_ _IRQL_uses_cancel_ KIRQL NewIrql);
// CHECK-DAG: ["restores #2","cancel level #2"],{{.*}}"keep_restore"
_IRQL_saves_global_(QueuedSpinLock, Handle) VOID keep_global(PVOID Handle);
// CHECK-DAG: ["saves #1"],{{.*}}"keep_global"
_IRQL_restores_global_(QueuedSpinLock, Handle) VOID keep_restore_global(PVOID A, PVOID Handle);
// CHECK-DAG: ["restores #2"],{{.*}}"keep_restore_global"

/* ---- Locks --------------------------------------------------------------------------- */

VOID lock_current(_Requires_lock_not_held_(*_Curr_) _Acquires_lock_(*_Curr_) PKSPIN_LOCK Lock);
// CHECK-DAG: ["not held *#1","acquires *#1"],{{.*}}"lock_current"
_Acquires_exclusive_lock_(Vcb->Resource) VOID lock_member(PVCB Vcb);
// CHECK-DAG: ["acquires exclusive #1->Resource"],{{.*}}"lock_member"
_Releases_shared_lock_(&Vcb->Next->Resource) VOID lock_members(PVCB Vcb);
// CHECK-DAG: ["releases shared #1->Next->Resource"],{{.*}}"lock_members"
_Requires_lock_held_(*Vcb->Mutex) VOID lock_pointed_to(PVCB Vcb);
// CHECK-DAG: ["held #1->Mutex"],{{.*}}"lock_pointed_to"
_Requires_exclusive_lock_held_(GlobalLock) VOID lock_variable(VOID);
// CHECK-DAG: ["held exclusive GlobalLock"],{{.*}}"lock_variable"
_Acquires_lock_(_Global_critical_region_) _Requires_lock_held_(_Global_cancel_spin_lock_) VOID lock_global(VOID);
// CHECK-DAG: ["acquires critical region","held cancel spin lock"],{{.*}}"lock_global"
_Acquires_nonreentrant_lock_(*Lock) VOID lock_once(PKSPIN_LOCK Lock);
// CHECK-DAG: ["not held *#1","acquires *#1"],{{.*}}"lock_once"
_Releases_nonreentrant_lock_(*Lock) VOID lock_released_once(PKSPIN_LOCK Lock);
// CHECK-DAG: ["held *#1","releases *#1"],{{.*}}"lock_released_once"
_Requires_no_locks_held_ VOID lock_none(VOID);
// CHECK-DAG: ["not held any"],{{.*}}"lock_none"
_Post_same_lock_(*Lock, *Handle) VOID lock_same(PKSPIN_LOCK Lock, PVOID Handle);
// CHECK-DAG: ["same lock *#1 *#2"],{{.*}}"lock_same"
_Acquires_lock_(LockOf(Vcb)) VOID unreadable_lock(PVCB Vcb);
_Acquires_lock_(Vcb->Locks[3]) VOID unreadable_element(PVCB Vcb);

/* ---- Conditions -------------------------------------------------------------------- */

_When_(Wait!=0, _IRQL_requires_max_(APC_LEVEL) _IRQL_requires_min_(PASSIVE_LEVEL)) VOID when_two(BOOLEAN Wait);
// CHECK-DAG: ["max 1 if #1 != 0","min 0 if #1 != 0"],{{.*}}"max":null,"min":null,"name":"when_two"
_When_(Wait == FALSE, _IRQL_requires_max_(APC_LEVEL)) VOID when_false(BOOLEAN Wait);
// CHECK-DAG: ["max 1 if #1 == 0"],{{.*}}"when_false"
_When_(!Wait, _IRQL_requires_max_(APC_LEVEL)) VOID when_not(BOOLEAN Wait);
// CHECK-DAG: ["max 1 if #1 == 0"],{{.*}}"when_not"
_When_(return == STATUS_SUCCESS, _Acquires_lock_(*L)) NTSTATUS when_status(PVOID L);
// CHECK-DAG: ["acquires *#1 if result == 0"],{{.*}}"when_status"
_When_(NT_SUCCESS(return), _Acquires_lock_(*L)) NTSTATUS when_success(PVOID L);
// CHECK-DAG: ["acquires *#1 if result >= 0"],{{.*}}"when_success"
_When_(return == STATUS_CANT_WAIT, _Acquires_lock_(*L)) NTSTATUS when_error(PVOID L);
// CHECK-DAG: ["acquires *#1 if result == -1073741608"],{{.*}}"when_error"
_When_((Pool & PagedPool) != 0, _IRQL_requires_max_(APC_LEVEL)) VOID when_masked(int Pool);
// CHECK-DAG: ["max 1 if (#1 & 1) != 0"],{{.*}}"when_masked"
_When_((Flags & BOTH) == BOTH, _IRQL_requires_max_(APC_LEVEL)) VOID when_mask_by_name(int Flags);
// CHECK-DAG: ["max 1 if (#1 & 18) == 18"],{{.*}}"when_mask_by_name"
_When_(FlagOn(Flags, 4), _IRQL_requires_max_(APC_LEVEL)) VOID when_flag(int Flags);
// CHECK-DAG: ["max 1 if (#1 & 4) != 0"],{{.*}}"when_flag"
_When_(ENUMERATED <= Kind, _IRQL_requires_max_(APC_LEVEL)) VOID when_reversed(int Kind);
// CHECK-DAG: ["max 1 if #1 >= 7"],{{.*}}"when_reversed"
_When_((T==NULL || T->QuadPart!=0), _IRQL_requires_max_(APC_LEVEL)) VOID when_or(PLARGE_INTEGER T);
// CHECK-DAG: ["max 1 if #1 == 0","max 1 if #1->QuadPart != 0"],{{.*}}"when_or"
_When_(T && *T == 0, _IRQL_requires_max_(APC_LEVEL)) VOID when_and(long long *T);
// CHECK-DAG: ["max 1 if #1 != 0 and *#1 == 0"],{{.*}}"when_and"
_When_(!(A || B == 1), _IRQL_requires_max_(APC_LEVEL)) VOID when_neither(int A, int B);
// CHECK-DAG: ["max 1 if #1 == 0 and #2 != 1"],{{.*}}"when_neither"
_When_(A, _When_(return != 0, _At_(*B, _IRQL_saves_))) int when_nested(int A, PKIRQL B);
// CHECK-DAG: ["saves *#2 if #1 != 0 and result != 0"],{{.*}}"when_nested"
VOID when_current(_When_(_Curr_ == 1, _Acquires_lock_(*L)) int Mode, PVOID L);
// CHECK-DAG: ["acquires *#2 if #1 == 1"],{{.*}}"when_current"
_When_(TRUE, _IRQL_requires_max_(APC_LEVEL)) VOID when_always(VOID);
// CHECK-DAG: ["max 1"],{{.*}}"max":1,"min":null,"name":"when_always"
_Success_(return != FALSE) _IRQL_requires_max_(APC_LEVEL) _Acquires_lock_(*L) BOOLEAN when_succeeds(PVOID L);
// CHECK-DAG: ["succeeds result != 0","max 1","acquires *#1 if result != 0"],{{.*}}"when_succeeds"
_Success_(Odd(return)) _IRQL_requires_max_(APC_LEVEL) _Acquires_lock_(*L) int when_success_is_odd(PVOID L);
// CHECK-DAG: ["succeeds ","max 1"],{{.*}}"when_success_is_odd"
_Post_satisfies_(return == 0 && *P >= 3) int when_left(int *P);
// CHECK-DAG: ["satisfies result == 0 and *#1 >= 3"],{{.*}}"when_left"
_When_(FALSE, _IRQL_requires_max_(APC_LEVEL)) VOID unreadable_never(VOID);
_When_(Odd(A), _IRQL_requires_max_(APC_LEVEL)) VOID unreadable_call(int A);
_When_(A && Odd(A), _IRQL_requires_max_(APC_LEVEL)) VOID unreadable_half(int A);
_When_(A == B, _IRQL_requires_max_(APC_LEVEL)) VOID unreadable_two(int A, int B);
_When_(Flags|4, _IRQL_requires_max_(APC_LEVEL)) VOID unreadable_or(int Flags);
_When_(return=0, _Acquires_lock_(*L)) int unreadable_assignment(PVOID L);
_When_(_Old_(*P) == 1, _IRQL_requires_max_(APC_LEVEL)) VOID unreadable_old(int *P);
_When_(Unknown == 1, _IRQL_requires_max_(APC_LEVEL)) VOID unreadable_name(int A);
_On_failure_(_Acquires_lock_(*L)) int unreadable_failure(PVOID L);
_Post_satisfies_(return == 1 || return == 2) int unreadable_either(VOID);

/* ---- Old spellings ------------------------------------------------------------------- */

__drv_maxIRQL(APC_LEVEL) __drv_minIRQL(PASSIVE_LEVEL) __drv_sameIRQL VOID old_levels(VOID);
// CHECK-DAG: ["max 1","min 0","same"],{{.*}}"old_levels"
__drv_requiresIRQL(DISPATCH_LEVEL) __drv_raisesIRQL(HIGH_LEVEL) VOID old_exact(VOID);
// CHECK-DAG: ["max 2","min 2","raises 15"],{{.*}}"old_exact"
__drv_setsIRQL(DISPATCH_LEVEL) VOID old_sets(VOID);
// CHECK-DAG: ["raises 2"],{{.*}}"old_sets"
VOID old_saves(__out __drv_deref(__drv_savesIRQL) PKIRQL OldIrql, __in __drv_restoresIRQL KIRQL NewIrql);
// CHECK-DAG: ["saves *#1","restores #2"],{{.*}}"old_saves"
VOID old_out_deref(__drv_out_deref(__drv_savesIRQL) PKIRQL OldIrql);
// CHECK-DAG: ["saves *#1"],{{.*}}"old_out_deref"
__drv_ret(__drv_savesIRQL) KIRQL old_returned(VOID);
// CHECK-DAG: ["saves result"],{{.*}}"old_returned"
__drv_savesIRQLGlobal(SpinLock, Lock) __drv_acquiresExclusiveResourceGlobal(SpinLock, Lock) VOID old_global(PVOID Lock);
// CHECK-DAG: ["saves #1","acquires exclusive #1"],{{.*}}"old_global"
VOID old_resource(__drv_neverHold(KSpinLockType) __drv_acquiresExclusiveResource(KSpinLockType) PKSPIN_LOCK Lock);
// CHECK-DAG: ["not held #1","acquires exclusive #1"],{{.*}}"old_resource"
VOID old_must(__drv_mustHold(KSpinLockType) __drv_releasesExclusiveResource(KSpinLockType) PKSPIN_LOCK Lock);
// CHECK-DAG: ["held #1","releases exclusive #1"],{{.*}}"old_must"
__drv_mustHoldGlobal(Resource, R) __drv_releasesExclusiveResourceGlobal(Resource, R) VOID old_must_global(PVOID R);
// CHECK-DAG: ["held #1","releases exclusive #1"],{{.*}}"old_must_global"
__drv_mustHoldCriticalRegion __drv_releasesCriticalRegion VOID old_region(VOID);
// CHECK-DAG: ["held critical region","releases critical region"],{{.*}}"old_region"
__drv_neverHoldCancelSpinLock __drv_acquiresCancelSpinLock VOID old_cancel(VOID);
// CHECK-DAG: ["not held cancel spin lock","acquires cancel spin lock"],{{.*}}"old_cancel"
__drv_mustHoldPriorityRegion VOID old_priority(VOID);
// CHECK-DAG: ["held priority region"],{{.*}}"old_priority"
__drv_when(Wait == 0, __drv_at(L, __drv_acquiresResource(X)) __drv_arg(*I, __drv_savesIRQL)) VOID old_when(int Wait, PVOID L, PKIRQL I);
// CHECK-DAG: ["acquires #2 if #1 == 0","saves *#3 if #1 == 0"],{{.*}}"old_when"
__drv_functionClass(DRIVER_DISPATCH) NTSTATUS old_class(PVOID A);
// CHECK-DAG: ["class DRIVER_DISPATCH"],{{.*}}"old_class"
