/*
 * A small sal.h for the tests: the annotations of the WDK. All are defined to
 * nothing, as they are for every compiler but Microsoft's analyzer; some old ones
 * by their successors, as in the real driverspecs.h.
 */
#pragma clang system_header
#ifndef DDI_TEST_SAL_H
#define DDI_TEST_SAL_H

/* ---- Without an argument --------------------------------------------------- */

#define __in
#define __out
#define _In_
#define _In_opt_
#define _Out_
#define _Out_opt_
#define _Inout_
#define _Inout_opt_
#define _Must_inspect_result_
#define _Check_return_
#define _Use_decl_annotations_
#define _IRQL_saves_
#define _IRQL_restores_
#define _IRQL_requires_same_
#define _IRQL_uses_cancel_
#define _IRQL_is_cancel_
#define _Requires_no_locks_held_

/* ---- With one ----------------------------------------------------------------- */

#define _Function_class_(x)
#define _Success_(x)
#define _Post_satisfies_(x)
#define _On_failure_(x)
#define _Group_(x)
#define _Always_(x)
#define _IRQL_requires_(x)
#define _IRQL_requires_max_(x)
#define _IRQL_requires_min_(x)
#define _IRQL_raises_(x)
#define _IRQL_always_function_max_(x)
#define _IRQL_always_function_min_(x)
#define _Acquires_lock_(x)
#define _Acquires_exclusive_lock_(x)
#define _Acquires_shared_lock_(x)
#define _Acquires_nonreentrant_lock_(x)
#define _Releases_lock_(x)
#define _Releases_exclusive_lock_(x)
#define _Releases_shared_lock_(x)
#define _Releases_nonreentrant_lock_(x)
#define _Requires_lock_held_(x)
#define _Requires_exclusive_lock_held_(x)
#define _Requires_shared_lock_held_(x)
#define _Requires_lock_not_held_(x)
#define _Analysis_assume_(x)
#define __analysis_assume(x)
#define _Analysis_assume_lock_held_(x)
#define _Analysis_assume_lock_not_held_(x)
#define _Analysis_assume_lock_acquired_(x)
#define _Analysis_assume_lock_released_(x)

/* ---- With two ----------------------------------------------------------------- */

#define _When_(x, y)
#define _At_(x, y)
#define _Post_same_lock_(x, y)
#define _IRQL_saves_global_(x, y)
#define _IRQL_restores_global_(x, y)
#define _Analysis_assume_same_lock_(x, y)

/* ---- Old spellings ---------------------------------------------------------------- */

#define __drv_savesIRQL
#define __drv_restoresIRQL
#define __drv_useCancelIRQL
#define __drv_isCancelIRQL
#define __drv_acquiresCriticalRegion
#define __drv_releasesCriticalRegion
#define __drv_mustHoldCriticalRegion
#define __drv_neverHoldCriticalRegion
#define __drv_acquiresCancelSpinLock
#define __drv_releasesCancelSpinLock
#define __drv_mustHoldCancelSpinLock
#define __drv_neverHoldCancelSpinLock
#define __drv_acquiresPriorityRegion
#define __drv_releasesPriorityRegion
#define __drv_mustHoldPriorityRegion
#define __drv_neverHoldPriorityRegion
#define __drv_deref(x)
#define __drv_in(x)
#define __drv_in_deref(x)
#define __drv_out(x)
#define __drv_out_deref(x)
#define __drv_ret(x)
#define __drv_fun(x)
#define __drv_functionClass(x)
#define __drv_acquiresExclusiveResource(x)
#define __drv_releasesExclusiveResource(x)
#define __drv_acquiresResource(x)
#define __drv_releasesResource(x)
#define __drv_mustHold(x)
#define __drv_neverHold(x)
#define __drv_acquiresExclusiveResourceGlobal(x, y)
#define __drv_releasesExclusiveResourceGlobal(x, y)
#define __drv_mustHoldGlobal(x, y)
#define __drv_neverHoldGlobal(x, y)
#define __drv_savesIRQLGlobal(x, y)
#define __drv_restoresIRQLGlobal(x, y)
#define __drv_maxIRQL(x) _IRQL_requires_max_(x)
#define __drv_minIRQL(x) _IRQL_requires_min_(x)
#define __drv_requiresIRQL(x) _IRQL_requires_(x)
#define __drv_raisesIRQL(x) _IRQL_raises_(x)
#define __drv_setsIRQL(x)
#define __drv_maxFunctionIRQL(x) _IRQL_always_function_max_(x)
#define __drv_minFunctionIRQL(x) _IRQL_always_function_min_(x)
#define __drv_sameIRQL _IRQL_requires_same_
#define __drv_when(x, y) _When_(x, y)
#define __drv_at(x, y) _At_(x, y)
#define __drv_arg(x, y) _At_(x, y)

#endif
