"""The routines of the kernel that programs call: how they are written, and what the
rules say of them. Levels are numbers: PASSIVE_LEVEL 0, APC_LEVEL 1, DISPATCH_LEVEL 2."""
import collections

PASSIVE, APC, DISPATCH = range(3)

RESOURCE, PUSH_LOCK, SPIN_LOCK, FAST_MUTEX = "resource", "push", "spin", "fast"

# max and min are bounds of the level, each with the rule that lists the routine.
Routine = collections.namedtuple(
    "Routine", "text effect kind mode high high_rule low low_rule level",
    defaults=(None, None, DISPATCH, None, PASSIVE, None, None))


def acquire_resource(name, mode):
    return Routine(name + "(%(lock)s, %(wait)s)", "acquire", RESOURCE, mode, APC,
                   "wdm.IrqlExApcLte3")


def on_push_lock(what, mode):
    return Routine("Ex%sPushLock%s(%%(lock)s)" % (what, mode.capitalize()),
                   what.lower(), PUSH_LOCK, mode, APC if what == "Acquire" else DISPATCH,
                   "wdm.IrqlTooHigh")


def region(what):
    return Routine("Ke%sRegion()" % what, what, None, None, APC, "wdm.IrqlKeApcLte2")


def bounded(text, high, rule):
    return Routine(text, "call", None, None, high, rule)


ROUTINES = {
    "enter critical": region("EnterCritical"),
    "leave critical": region("LeaveCritical"),
    "enter guarded": region("EnterGuarded"),
    "leave guarded": region("LeaveGuarded"),
    "acquire exclusive": acquire_resource("ExAcquireResourceExclusiveLite", "exclusive"),
    "acquire shared": acquire_resource("ExAcquireResourceSharedLite", "shared"),
    "release": Routine("ExReleaseResourceLite(%(lock)s)", "release", RESOURCE),
    "push exclusive": on_push_lock("Acquire", "exclusive"),
    "push shared": on_push_lock("Acquire", "shared"),
    "pop exclusive": on_push_lock("Release", "exclusive"),
    "pop shared": on_push_lock("Release", "shared"),
    "spin": Routine("KeAcquireSpinLock(%(lock)s, &%(old)s)", "raise", SPIN_LOCK,
                    level=DISPATCH),
    "unspin": Routine("KeReleaseSpinLock(%(lock)s, %(old)s)", "lower", SPIN_LOCK,
                      low=DISPATCH, low_rule="wdm.IrqlKeReleaseSpinLock"),
    "raise to APC": Routine("KeRaiseIrql(APC_LEVEL, &%(old)s)", "raise", level=APC),
    "raise to DISPATCH": Routine("KeRaiseIrql(DISPATCH_LEVEL, &%(old)s)", "raise",
                                 level=DISPATCH),
    "lower": Routine("KeLowerIrql(%(old)s)", "lower"),
    "lock mutex": Routine("ExAcquireFastMutex(%(lock)s)", "raise", FAST_MUTEX, None, APC,
                          "wdm.IrqlExApcLte1", level=APC),
    "unlock mutex": Routine("ExReleaseFastMutex(%(lock)s)", "lower", FAST_MUTEX, None,
                            APC, "wdm.IrqlTooHigh"),
    "close": bounded("ZwClose(ext->Key)", PASSIVE, "wdm.IrqlZwPassive"),
    "allocate paged": bounded("(VOID)ExAllocatePool2(POOL_FLAG_PAGED, 64, 'zzuF')", APC,
                              "wdm.IrqlTooHigh"),
    "allocate old paged": bounded("(VOID)ExAllocatePoolWithTag(PagedPool, 64, 'zzuF')",
                                  APC, "wdm.IrqlExAllocatePool"),
    "wait": bounded("KeWaitForSingleObject(&ext->Event, Executive, KernelMode, FALSE, "
                    "NULL)", APC, "wdm.IrqlKeWaitForMutexObject"),
}

# As the text names them; "parameter" stands for the one that the function is given.
LOCKS = {
    RESOURCE: ["&ext->Resource", "&ext->Vcb->Resource", "&GlobalResource"],
    PUSH_LOCK: ["&ext->PushLock", "&ext->Vcb->PushLock", "&GlobalPushLock"],
    SPIN_LOCK: ["&ext->SpinLock", "&GlobalSpinLock"],
    FAST_MUTEX: ["&ext->Mutex", "&GlobalMutex"],
}
PARAMETER = "parameter"

C_TYPES = {RESOURCE: "ERESOURCE", PUSH_LOCK: "EX_PUSH_LOCK", SPIN_LOCK: "KSPIN_LOCK",
           FAST_MUTEX: "FAST_MUTEX"}


def kind_of(lock):
    return next(kind for kind, locks in LOCKS.items() if lock in locks)
