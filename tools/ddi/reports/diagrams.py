"""What a rule watches, as a picture: the states of an object, the routines that
lead from one to the next, and what is forbidden; or the ladder of IRQLs, and on
which rungs a routine may be called.  graphviz draws it."""
import html
import re
import subprocess
from dataclasses import dataclass, field

LEVELS = ("PASSIVE_LEVEL", "APC_LEVEL", "DISPATCH_LEVEL", "DIRQL")
PASSIVE, APC, DISPATCH, DIRQL = range(4)


@dataclass(frozen=True)
class Move:
    """From a state to another by what is called; bad: the rule forbids it, and the
    state that it leads to tells what happens."""
    source: str
    target: str
    by: str
    bad: bool = False


@dataclass(frozen=True)
class Machine:
    """The first state named is that at the start; bad: states of a broken rule."""
    about: str
    states: dict
    moves: tuple
    bad: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Ladder:
    """Calls by what they do, each with the lowest and highest level allowed."""
    about: str
    calls: tuple


def region(kind):
    """Of a critical or guarded region, which nest."""
    enter, leave = "KeEnter%sRegion" % kind, "KeLeave%sRegion" % kind
    return Machine(
        "%s region" % kind,
        {"out": "outside", "in": "inside", "more": "inside\ntwice, ..."},
        (Move("out", "in", enter), Move("in", "out", leave),
         Move("in", "more", enter), Move("more", "in", leave),
         Move("out", "wrong", leave, True),
         Move("in", "left", "return to the system", True)),
        {"wrong": "left, but\nnot entered", "left": "APCs stay off"})


CRITICAL = region("Critical")
GUARDED = region("Guarded")

PUSH_LOCK = Machine(
    "Push lock, in a critical region",
    {"free": "free", "shared": "shared", "exclusive": "exclusive"},
    (Move("free", "shared", "ExAcquirePushLockShared"),
     Move("shared", "free", "ExReleasePushLockShared"),
     Move("free", "exclusive", "ExAcquirePushLockExclusive"),
     Move("exclusive", "free", "ExReleasePushLockExclusive"),
     Move("shared", "hang", "acquire exclusive", True),
     Move("exclusive", "hang", "acquire again", True),
     Move("shared", "mode", "ExReleasePushLockExclusive", True),
     Move("exclusive", "mode", "ExReleasePushLockShared", True),
     Move("shared", "held", "return, or leave the region", True),
     Move("exclusive", "held", "return, or leave the region", True)),
    {"hang": "the system hangs", "mode": "the wrong mode", "held": "still held"})

FLT_LOCK = Machine(
    "Push lock of the filter manager",
    {"none": "not initialised", "free": "free",
     "held": "held, in a\ncritical region"},
    (Move("none", "free", "FltInitializePushLock"),
     Move("free", "none", "FltDeletePushLock"),
     Move("free", "held", "FltAcquirePushLockShared,\nFltAcquirePushLockExclusive"),
     Move("held", "free", "FltReleasePushLock"),
     Move("held", "hang", "acquire exclusive", True),
     Move("held", "left", "return, or FltDeletePushLock", True),
     Move("none", "wrong", "acquire", True)),
    {"hang": "the system hangs", "left": "still held",
     "wrong": "never initialised,\nor deleted"})

RESOURCE_ACCESS = Machine(
    "ERESOURCE",
    {"free": "free", "shared": "shared", "exclusive": "exclusive"},
    (Move("free", "shared", "ExAcquireResourceSharedLite"),
     Move("shared", "free", "ExReleaseResourceLite"),
     Move("free", "exclusive", "ExAcquireResourceExclusiveLite"),
     Move("exclusive", "free", "ExReleaseResourceLite"),
     Move("exclusive", "shared", "ExConvertExclusiveToSharedLite"),
     Move("free", "none", "ExReleaseResourceLite", True),
     Move("shared", "hang", "ExAcquireResourceExclusiveLite", True),
     Move("shared", "held", "return to the system", True),
     Move("exclusive", "held", "return to the system", True)),
    {"none": "released, but\nnot held", "hang": "waits for itself",
     "held": "still held"})

RESOURCE_LIFE = Machine(
    "Memory of an ERESOURCE",
    {"memory": "memory", "ready": "initialised"},
    (Move("memory", "ready", "ExInitializeResourceLite"),
     Move("ready", "memory", "ExDeleteResourceLite"),
     Move("ready", "ready", "acquire, release,\nExReinitializeResourceLite"),
     Move("memory", "use", "acquire, release, delete", True),
     Move("ready", "twice", "ExInitializeResourceLite", True),
     Move("ready", "lost", "free the memory, or leave its scope", True)),
    {"use": "used before or after\nits life", "twice": "initialised twice",
     "lost": "the system's list\nis broken"})

RESOURCE_OWNER = Machine(
    "Owner of an ERESOURCE",
    {"free": "free", "mine": "held by\nthis thread",
     "theirs": "owned by the\nowner word"},
    (Move("free", "mine", "ExAcquireResource..."),
     Move("mine", "free", "ExReleaseResourceLite"),
     Move("mine", "theirs", "ExSetResourceOwnerPointerEx"),
     Move("theirs", "free", "ExReleaseResourceForThreadLite\nwith that owner"),
     Move("mine", "early", "ExReleaseResourceForThreadLite\nfor another thread",
          True),
     Move("theirs", "other", "any other routine", True),
     Move("theirs", "gone", "free the owner word", True)),
    {"early": "not transferred", "other": "not this thread's\nany more",
     "gone": "the word must last"})

WITHIN_REGION = Machine(
    "ERESOURCE and normal kernel APCs",
    {"on": "APCs on,\nfree", "off": "APCs off,\nfree", "held": "APCs off,\nheld"},
    (Move("on", "off", "KeEnterCriticalRegion"),
     Move("off", "on", "KeLeaveCriticalRegion"),
     Move("off", "held", "acquire"),
     Move("held", "off", "release"),
     Move("on", "open", "acquire, release", True),
     Move("held", "open", "KeLeaveCriticalRegion", True)),
    {"open": "an APC can suspend the thread\nthat holds the resource"})

SPECIAL_APCS = Machine(
    "Special kernel APCs",
    {"on": "outside", "critical": "in a critical\nregion",
     "off": "in a guarded region,\nor at APC_LEVEL"},
    (Move("on", "critical", "KeEnterCriticalRegion"),
     Move("critical", "on", "KeLeaveCriticalRegion"),
     Move("on", "off", "KeEnterGuardedRegion"),
     Move("off", "on", "KeLeaveGuardedRegion"),
     Move("on", "on", "ZwReadFile, ..."),
     Move("critical", "critical", "ZwReadFile, ..."),
     Move("off", "hang", "ZwReadFile, ...", True)),
    {"hang": "waits for an APC\nthat cannot come"})

RAISE_LOWER = Machine(
    "KeRaiseIrql and KeLowerIrql",
    {"entry": "level at entry", "outer": "raised", "inner": "raised again"},
    (Move("entry", "outer", "KeRaiseIrql(..., &outer)"),
     Move("outer", "inner", "KeRaiseIrql(..., &inner)"),
     Move("inner", "outer", "KeLowerIrql(inner)"),
     Move("outer", "entry", "KeLowerIrql(outer)"),
     Move("inner", "wrong", "KeLowerIrql(outer)", True),
     Move("outer", "below", "KeRaiseIrql to a lower level", True),
     Move("entry", "early", "KeLowerIrql", True)),
    {"wrong": "the level of the raise\nin between is lost",
     "below": "lowered by a raise", "early": "never raised"})

SPIN_LOCK = Machine(
    "Spin locks and the levels that they save",
    {"entry": "level at entry", "first": "A held,\nDISPATCH_LEVEL",
     "second": "A and B held,\nDISPATCH_LEVEL"},
    (Move("entry", "first", "KeAcquireSpinLock(A, &first)"),
     Move("first", "second", "KeAcquireSpinLock(B, &second)"),
     Move("second", "first", "KeReleaseSpinLock(B, second)"),
     Move("first", "entry", "KeReleaseSpinLock(A, first)"),
     Move("second", "low", "KeReleaseSpinLock(B, first)", True),
     Move("first", "early", "KeLowerIrql(first)", True)),
    {"low": "A held below\nDISPATCH_LEVEL", "early": "A held below\nDISPATCH_LEVEL"})


def held_once(about, acquire, release, *more):
    """A lock that is acquired while it is free, and released before the end."""
    return Machine(
        about, {"free": "free", "held": "held"},
        (Move("free", "held", acquire), Move("held", "free", release), *more,
         Move("held", "hang", "acquire again", True),
         Move("free", "none", release, True),
         Move("held", "left", "return to the system", True)),
        {"hang": "waits for itself", "none": "released, but\nnot held",
         "left": "still held"})


ONE_SPIN_LOCK = held_once("Spin lock", "KeAcquireSpinLock", "KeReleaseSpinLock")
QUEUED_SPIN_LOCK = held_once(
    "In-stack queued spin lock, by its handle", "KeAcquireInStackQueuedSpinLock",
    "KeReleaseInStackQueuedSpinLock")
CANCEL_SPIN_LOCK = held_once(
    "The cancel spin lock; a Cancel routine starts with it", "IoAcquireCancelSpinLock",
    "IoReleaseCancelSpinLock")
FAST_MUTEX = held_once(
    "Fast mutex, guarded mutex", "ExAcquireFastMutex,\nKeAcquireGuardedMutex",
    "ExReleaseFastMutex,\nKeReleaseGuardedMutex")

READER_WRITER = Machine(
    "Reader/writer spin lock",
    {"free": "free", "shared": "shared", "exclusive": "exclusive"},
    (Move("free", "shared", "ExAcquireSpinLockShared"),
     Move("shared", "free", "ExReleaseSpinLockShared"),
     Move("free", "exclusive", "ExAcquireSpinLockExclusive"),
     Move("exclusive", "free", "ExReleaseSpinLockExclusive"),
     Move("shared", "exclusive", "ExTryConvertSharedSpinLockExclusive"),
     Move("shared", "hang", "acquire", True),
     Move("exclusive", "hang", "acquire", True),
     Move("shared", "mode", "ExReleaseSpinLockExclusive", True),
     Move("exclusive", "mode", "ExReleaseSpinLockShared", True)),
    {"hang": "waits for itself", "mode": "the wrong mode"})

MUTEX = Machine(
    "Mutex object",
    {"free": "free", "held": "held", "more": "held twice, ..."},
    (Move("free", "held", "KeWaitForSingleObject"),
     Move("held", "more", "KeWaitForSingleObject"),
     Move("more", "held", "KeReleaseMutex"),
     Move("held", "free", "KeReleaseMutex"),
     Move("free", "none", "KeReleaseMutex", True),
     Move("held", "left", "return to the system", True)),
    {"none": "an exception", "left": "still held"})

LOCK_FORMS = Machine(
    "Forms of spin locks",
    {"free": "free", "raised": "held,\nlevel saved", "dpc": "held,\nno level saved"},
    (Move("free", "raised", "KeAcquireSpinLock"),
     Move("raised", "free", "KeReleaseSpinLock"),
     Move("free", "dpc", "KeAcquireSpinLockAtDpcLevel"),
     Move("dpc", "free", "KeReleaseSpinLockFromDpcLevel"),
     Move("raised", "stays", "KeReleaseSpinLockFromDpcLevel", True),
     Move("dpc", "lost", "KeReleaseSpinLock", True)),
    {"stays": "stays at DISPATCH_LEVEL", "lost": "lowered to a level\nnobody saved"})

SPIN_LOCK_SAFE = Machine(
    "Spin locks and what others do",
    {"free": "no spin lock held", "held": "a spin lock held"},
    (Move("free", "held", "KeAcquireSpinLock, ..."),
     Move("held", "free", "KeReleaseSpinLock, ..."),
     Move("free", "free", "IoCompleteRequest, IoStartNextPacket"),
     Move("held", "wrong", "IoCompleteRequest, IoStartNextPacket", True)),
    {"wrong": "others come back\nfor the lock"})

MARKING = Machine(
    "An IRP that stays pending",
    {"mine": "the driver's", "marked": "marked pending", "queued": "in a queue"},
    (Move("mine", "marked", "IoMarkIrpPending"),
     Move("marked", "queued", "InsertTailList, ..."),
     Move("mine", "early", "InsertTailList, then\nrelease of its lock", True)),
    {"early": "completed by others\nbefore it is marked"})

REMOVE_LOCK = Machine(
    "A share of a remove lock, by its tag",
    {"free": "free", "held": "held", "gone": "device goes"},
    (Move("free", "held", "IoAcquireRemoveLock"),
     Move("held", "free", "IoReleaseRemoveLock"),
     Move("held", "free", "IoSetCompletionRoutine, ...\n(handed on)"),
     Move("held", "gone", "IoReleaseRemoveLockAndWait"),
     Move("gone", "gone", "IoDetachDevice, IoDeleteDevice"),
     Move("held", "left", "return to the system", True),
     Move("held", "early", "IoDetachDevice", True),
     Move("free", "down", "IoCallDriver", True),
     Move("gone", "late", "IoAcquireRemoveLock", True)),
    {"left": "still held", "early": "detached too early", "down": "device may be gone",
     "late": "nobody waits for it"})

RUNDOWN = Machine(
    "Rundown protection",
    {"free": "free", "held": "held", "over": "run down"},
    (Move("free", "held", "ExAcquireRundownProtection"),
     Move("held", "free", "ExReleaseRundownProtection"),
     Move("free", "over", "ExWaitForRundownProtectionRelease"),
     Move("held", "hang", "ExWaitForRundownProtectionRelease", True),
     Move("free", "none", "ExReleaseRundownProtection", True)),
    {"hang": "waits for itself", "none": "not held"})

POOL_BLOCK = Machine(
    "A block of pool",
    {"there": "allocated", "freed": "freed"},
    (Move("there", "freed", "ExFreePoolWithTag, ..."),
     Move("freed", "twice", "ExFreePoolWithTag, ...", True)),
    {"twice": "freed twice"})

ALLOCATORS = Machine(
    "Allocators that zero, and that do not",
    {"none": "no memory", "zeroed": "zeroed"},
    (Move("none", "zeroed", "ExAllocatePool2, ..."),
     Move("none", "old", "ExAllocatePoolWithTag, ...", True)),
    {"old": "whatever was there"})

LOCK_ORDER = Machine(
    "Two locks",
    {"free": "none held", "a": "A held", "b": "B held", "both": "both held"},
    (Move("free", "a", "acquire A"), Move("a", "both", "acquire B"),
     Move("free", "b", "acquire B,\nelsewhere"),
     Move("b", "dead", "acquire A", True)),
    {"dead": "each waits\nfor the other"})

SET_EVENT = Machine(
    "A signal with Wait",
    {"run": "APC_LEVEL or below", "raised": "raised, dispatcher\nlocked"},
    (Move("run", "run", "KeSetEvent(..., FALSE)"),
     Move("run", "raised", "KeSetEvent(..., TRUE)"),
     Move("raised", "run", "KeWaitForSingleObject,\nKeWaitForMultipleObjects"),
     Move("raised", "wrong", "any other call, or a return", True)),
    {"wrong": "the lock is kept"})

RETURN = Machine(
    "The level of a routine that the system calls",
    {"entry": "level at entry", "raised": "raised", "good": "returned"},
    (Move("entry", "raised", "KeRaiseIrql,\nKeAcquireSpinLock"),
     Move("raised", "entry", "KeLowerIrql,\nKeReleaseSpinLock"),
     Move("entry", "good", "return to the system"),
     Move("raised", "wrong", "return to the system", True),
     Move("entry", "low", "KeLowerIrql below it", True)),
    {"wrong": "the system goes on\nat that level", "low": "below the level\nat entry"})

IRQL_CONTRACT = Machine(
    "What annotations promise of the level",
    {"entry": "level at entry", "raised": "raised", "good": "returned"},
    (Move("entry", "raised", "KeRaiseIrql, KeAcquireSpinLock"),
     Move("raised", "entry", "KeLowerIrql, KeReleaseSpinLock"),
     Move("entry", "good", "return"),
     Move("raised", "good", "return, with _IRQL_raises_"),
     Move("raised", "wrong", "return, with no such annotation", True),
     Move("entry", "wrong", "return, with _IRQL_raises_", True)),
    {"wrong": "callers are told\nanother level"})

LOCK_CONTRACT = Machine(
    "What annotations promise of a lock",
    {"free": "free", "held": "held", "good": "returned"},
    (Move("free", "held", "acquire"),
     Move("held", "free", "release"),
     Move("held", "held", "call with\n_Requires_lock_held_"),
     Move("free", "good", "return"),
     Move("held", "good", "return, with _Acquires_lock_"),
     Move("free", "missing", "call with _Requires_lock_held_", True),
     Move("held", "twice", "call with _Requires_lock_not_held_", True),
     Move("held", "left", "return, not declared", True)),
    {"missing": "not held", "twice": "held already", "left": "still held"})

PAGED = Ladder("Code that may be paged out", (("runs paged code", PASSIVE, APC),))

PROHIBITED = Machine(
    "A physical Storport miniport",
    {"miniport": "physical miniport", "storport": "Storport", "kernel": "kernel"},
    (Move("miniport", "storport", "StorPortAcquireSpinLock, ..."),
     Move("storport", "kernel", "does what is needed"),
     Move("miniport", "wrong", "KeAcquireSpinLock, ...", True)),
    {"wrong": "out of reach in a crash dump"})

WDF_SPIN_LOCK = held_once("Spin lock of the framework", "WdfSpinLockAcquire",
                          "WdfSpinLockRelease")
WDF_WAIT_LOCK = held_once(
    "Wait lock of the framework, in a critical region", "WdfWaitLockAcquire",
    "WdfWaitLockRelease", Move("free", "free", "STATUS_TIMEOUT"))
WDF_INTERRUPT_LOCK = held_once(
    "An interrupt's lock; its own callbacks start with it", "WdfInterruptAcquireLock",
    "WdfInterruptReleaseLock")
SEND = Machine(
    "Sending under a spin lock",
    {"free": "no spin lock\nheld", "held": "a spin lock\nheld"},
    (Move("free", "held", "WdfSpinLockAcquire, ..."),
     Move("held", "free", "WdfSpinLockRelease, ..."),
     Move("free", "free", "WdfRequestSend"),
     Move("held", "wrong", "WdfRequestSend", True)),
    {"wrong": "comes back\nfor the lock"})
NDIS_LOCK = held_once("NDIS lock", "NdisAcquireSpinLock,\nNdisDprAcquireSpinLock",
                      "NdisReleaseSpinLock,\nNdisDprReleaseSpinLock")
STOR_LOCK = held_once("Lock of Storport, by its handle", "StorPortAcquireSpinLock",
                      "StorPortReleaseSpinLock")
STOR_ORDER = Machine(
    "The order of Storport's locks",
    {"free": "none held", "first": "DPC or StartIo\nheld", "last": "Interrupt held",
     "both": "both held"},
    (Move("free", "first", "acquires DpcLock, StartIoLock"),
     Move("first", "both", "acquires InterruptLock"),
     Move("free", "last", "acquires InterruptLock"),
     Move("last", "hang", "acquires DpcLock, StartIoLock", True)),
    {"hang": "deadlock"})
KS_DEVICE = held_once("Device mutex, in a critical region", "KsAcquireDevice",
                      "KsReleaseDevice")
KS_FILTER = held_once("Control mutex of a filter", "KsFilterAcquireControl, ...",
                      "KsFilterReleaseControl, ...")
KS_PROCESSING = held_once(
    "Processing mutex", "KsPinAcquireProcessingMutex, ...",
    "KsPinReleaseProcessingMutex, ...",
    Move("held", "hang", "KsPinAcquireControl, ...", True))

EACH_PAGE = (("a routine of DISPATCH_LEVEL or below", PASSIVE, DISPATCH),
             ("a routine of APC_LEVEL or below", PASSIVE, APC),
             ("a routine of PASSIVE_LEVEL", PASSIVE, PASSIVE))


def ladder(about, *calls):
    return Ladder(about, calls)


def up_to(level, what):
    return ladder(what, (what, PASSIVE, level))


def each(what):
    return ladder(what, *EACH_PAGE)


FREE = "frees a block"
# By the name of the rule; one that ends with * stands for all that begin so.
DIAGRAMS = {
    "flt.Locks": FLT_LOCK,
    "kmdf.KmdfIrql*": each("Routines of the framework"),
    "kmdf.ReqSendWhileSpinlock": SEND,
    "kmdf.UsbKmdfIrql*": each("Routines for USB targets"),
    "kmdf.WdfInterruptLock*": WDF_INTERRUPT_LOCK,
    "kmdf.WdfSpinLockRelease": WDF_SPIN_LOCK,
    "kmdf.WdfSpinlock": WDF_SPIN_LOCK,
    "kmdf.WdfWaitlock*": WDF_WAIT_LOCK,
    "ks.KsDeviceMutex": KS_DEVICE,
    "ks.KsFilterMutex": KS_FILTER,
    "ks.KsProcessingMutex": KS_PROCESSING,
    "ndis.Irql_Gather_DMA_Function": ladder(
        "Scatter/gather DMA", ("registers, deregisters", PASSIVE, PASSIVE),
        ("builds, frees a list", DISPATCH, DISPATCH)),
    "ndis.Irql_IM_Function": up_to(PASSIVE, "makes, ends a virtual miniport"),
    "ndis.Irql_Interfaces_Function": up_to(PASSIVE, "registers, names an interface"),
    "ndis.Irql_Interrupt_Function": up_to(PASSIVE, "registers its interrupt"),
    "ndis.Irql_IrqlSetting_Function": up_to(DISPATCH, "NDIS_RAISE_IRQL_TO_DISPATCH"),
    "ndis.Irql_NetBuffer_Function": up_to(DISPATCH, "allocates, frees net buffers"),
    "ndis.Irql_OID_Function": up_to(DISPATCH, "makes, completes an OID request"),
    "ndis.Irql_SendRcv_Function": up_to(DISPATCH, "sends, returns net buffer lists"),
    "ndis.Irql_StatusIndication_Function": up_to(DISPATCH, "indicates status"),
    "ndis.Irql_Timer_Function": up_to(DISPATCH, "sets, cancels, frees a timer"),
    "ndis.Irql_*": each("Routines of NDIS"),
    "ndis.SpinLock*": NDIS_LOCK,
    "sal.IrqlContract": IRQL_CONTRACT,
    "sal.LockContract": LOCK_CONTRACT,
    "storport.CancelSpinLock": CANCEL_SPIN_LOCK,
    "storport.HwStorPortProhibitedDDIs": PROHIBITED,
    "storport.IrqlDispatch": ladder(
        "Device queues and AtDpcLevel locks", ("calls one", DISPATCH, DISPATCH)),
    "storport.IrqlKeReleaseSpinLock": SPIN_LOCK,
    "storport.PagedCode": PAGED,
    "storport.QueuedSpinLock*": QUEUED_SPIN_LOCK,
    "storport.SpChangeIrql": RETURN,
    "storport.SpIrql": ladder(
        "What a miniport calls",
        ("frees to a nonpaged lookaside list", PASSIVE, DISPATCH),
        ("registers TDI handlers", PASSIVE, APC)),
    "storport.SpinLock*": ONE_SPIN_LOCK,
    "storport.SpinLockSafe": SPIN_LOCK_SAFE,
    "storport.StorPortIrql": up_to(DISPATCH, "StorPort routines"),
    "storport.StorPortSpinLock": STOR_LOCK,
    "storport.StorPortSpinLock3": STOR_ORDER,
    "storport.StorPortSpinLock4": STOR_LOCK,
    "storport.WithinCriticalRegion": WITHIN_REGION,
    "wdm.CancelSpin*": CANCEL_SPIN_LOCK,
    "wdm.CriticalRegions": CRITICAL,
    "wdm.DoubleExFreePool": POOL_BLOCK,
    "wdm.LockOrder": LOCK_ORDER,
    "wdm.RemoveLock*": REMOVE_LOCK,
    "wdm.RundownProtection": RUNDOWN,
    "wdm.UnSafeAllocatePool": ALLOCATORS,
    "wdm.ExclusiveResourceAccess": RESOURCE_ACCESS,
    "wdm.FastMutex": FAST_MUTEX,
    "wdm.GuardedRegions": GUARDED,
    "wdm.IrqlApcLte": up_to(APC, "reads object security"),
    "wdm.IrqlDispatch": ladder(
        "Device queues, controllers, AtDpcLevel locks",
        ("calls one", DISPATCH, DISPATCH)),
    "wdm.IrqlExAllocatePool": ladder(
        "Allocating pool", ("allocates nonpaged pool", PASSIVE, DISPATCH),
        ("allocates paged pool", PASSIVE, APC)),
    "wdm.IrqlExApcLte1": up_to(APC, "ExAcquireFastMutex"),
    "wdm.IrqlExApcLte2": up_to(APC, "CmRegisterCallback, ProbeForRead, ..."),
    "wdm.IrqlExApcLte3": up_to(APC, "acquires, converts, deletes an ERESOURCE"),
    "wdm.IrqlExFree3": up_to(DISPATCH, FREE),
    "wdm.IrqlExFree*": ladder(
        "Freeing pool", ("frees nonpaged pool", PASSIVE, DISPATCH),
        ("frees paged pool", PASSIVE, APC)),
    "wdm.IrqlExPassive": ladder(
        "Executive routines", ("ExCreateCallback, ExRaiseStatus", PASSIVE, APC),
        ("ExUuidCreate", PASSIVE, PASSIVE)),
    "wdm.IrqlIoApcLte": up_to(APC, "IoDeleteDevice, IoRaiseHardError"),
    "wdm.IrqlIoDispatch": up_to(DISPATCH, "IoGetDeviceToVerify, ..."),
    "wdm.IrqlIoPassive1": ladder(
        "Routines of the I/O manager",
        ("makes a device, a control request", PASSIVE, APC),
        ("attaches, sets an interface", PASSIVE, PASSIVE)),
    "wdm.IrqlIoPassive*": up_to(PASSIVE, "a routine of the I/O manager"),
    "wdm.IrqlIoRtlZwPassive": up_to(PASSIVE, "ZwCreateFile, ZwCreateKey, ..."),
    "wdm.IrqlKeApcLte1": up_to(APC, "KeAcquireGuardedMutex, KeDelayExecutionThread"),
    "wdm.IrqlKeApcLte2": up_to(APC, "KeEnterCriticalRegion, ..."),
    "wdm.IrqlKeDispatchLte": up_to(DISPATCH, "KeAcquireSpinLock, KeSetTimer, ..."),
    "wdm.IrqlKeRaiseLower*": RAISE_LOWER,
    "wdm.IrqlKeReleaseSpinLock": SPIN_LOCK,
    "wdm.IrqlKeSetEvent": SET_EVENT,
    "wdm.IrqlKeWaitFor*": ladder(
        "Waiting", ("waits with a timeout of zero", PASSIVE, DISPATCH),
        ("waits", PASSIVE, APC)),
    "wdm.IrqlMmApcLte": up_to(APC, "MmAllocateNonCachedMemory, ..."),
    "wdm.IrqlMmDispatch": up_to(DISPATCH, "MmFreeContiguousMemory"),
    "wdm.IrqlNtifsApcPassive": ladder(
        "Writing files", ("writes through the cache manager", PASSIVE, APC),
        ("ZwWriteFile", PASSIVE, PASSIVE)),
    "wdm.IrqlObPassive": up_to(PASSIVE, "ObReferenceObjectByHandle"),
    "wdm.IrqlPsPassive": up_to(PASSIVE, "PsCreateSystemThread, ..."),
    "wdm.IrqlReturn": RETURN,
    "wdm.IrqlRtlPassive": up_to(PASSIVE, "RtlDeleteRegistryValue"),
    "wdm.IrqlTooHigh": each("Any routine with an upper bound"),
    "wdm.IrqlTooLow": ladder(
        "Any routine with a lower bound",
        ("a routine of DISPATCH_LEVEL or above", DISPATCH, DIRQL)),
    "wdm.Irql*": each("Routines of the kernel"),
    "wdm.IrqlZwPassive": up_to(PASSIVE, "ZwClose, ZwOpenKey, ..."),
    "wdm.LockForms": LOCK_FORMS,
    "wdm.Marking*": MARKING,
    "wdm.Mutex": MUTEX,
    "wdm.PagedCode": PAGED,
    "wdm.PushLock": PUSH_LOCK,
    "wdm.QueuedSpinLock*": QUEUED_SPIN_LOCK,
    "wdm.ReaderWriterSpinLock": READER_WRITER,
    "wdm.ResourceLifetime": RESOURCE_LIFE,
    "wdm.ResourceOwner": RESOURCE_OWNER,
    "wdm.SpecialKernelApcs": SPECIAL_APCS,
    "wdm.SpinLock": ONE_SPIN_LOCK,
    "wdm.SpinLockSafe": SPIN_LOCK_SAFE,
    "wdm.SpinlockRelease": ONE_SPIN_LOCK,
    "wdm.WithinCriticalRegion": WITHIN_REGION,
}


def find(rule):
    """The Machine or Ladder of a rule's name; the longest pattern wins.  None: there
    is none."""
    if rule in DIAGRAMS:
        return DIAGRAMS[rule]
    patterns = [pattern for pattern in DIAGRAMS
                if pattern.endswith("*") and rule.startswith(pattern[:-1])]
    return DIAGRAMS[max(patterns, key=len)] if patterns else None


def sentences(model):
    """The diagram in words, for who cannot see it: pairs of a sentence, and whether
    it tells of what is forbidden."""
    if isinstance(model, Ladder):
        return [("%s: %s" % (what[:1].upper() + what[1:], allowed(low, high)), False)
                for what, low, high in model.calls]
    names = {**model.states, **model.bad}
    return [("%s: %s, then %s" % tuple(flat(text) for text in (
        names[move.source], move.by, names[move.target])), move.bad)
            for move in model.moves]


def allowed(low, high):
    if low == high:
        return "at %s only" % LEVELS[low]
    if low == PASSIVE:
        return "at %s or below" % LEVELS[high]
    return "at %s or above" % LEVELS[low]


def flat(text):
    return " ".join(text.split())


def dot(model):
    """The graph in graphviz's language; what it looks like is said by classes."""
    rows = ladder_rows(model) if isinstance(model, Ladder) else machine_rows(model)
    return "\n".join([
        "digraph {", 'bgcolor=transparent; rankdir=LR; nodesep=0.3; ranksep=0.9;',
        'node [shape=box, style=rounded, margin="0.16,0.08", height=0.4, '
        'fontname="Helvetica,Arial,sans-serif", fontsize=12];',
        'edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, arrowsize=0.7];',
        *rows, "}"])


def machine_rows(model):
    first = next(iter(model.states))
    for name, text in model.states.items():
        kind = "start" if name == first else "state"
        yield "%s [label=%s, class=%s];" % (name, quoted(text), kind)
    for name, text in model.bad.items():
        yield "%s [label=%s, class=bad];" % (name, quoted(text))
    for move in model.moves:
        yield "%s -> %s [label=%s, class=%s];" % (
            move.source, move.target, quoted(move.by),
            "bad" if move.bad else "good")


def ladder_rows(model):
    """A grid: the levels, the highest on top, and beside them a column of cells for
    each call."""
    columns = [("level", LEVELS, ["state"] * len(LEVELS))]
    for what, low, high in model.calls:
        good = [low <= level <= high for level in range(len(LEVELS))]
        columns.append((what, ["allowed" if one else "forbidden" for one in good],
                        ["good" if one else "bad" for one in good]))
    yield "nodesep=0.12; ranksep=0.25; node [width=1.7];"
    for index, (head, cells, kinds) in enumerate(columns):
        names = ["h%d" % index]
        yield "h%d [label=%s, class=head, shape=plain];" % (index, quoted(head))
        for level in reversed(range(len(LEVELS))):
            names.append("n%d_%d" % (index, level))
            yield "%s [label=%s, class=%s];" % (
                names[-1], quoted(cells[level]), kinds[level])
        yield "{rank=same; %s [style=invis, weight=9];}" % " -> ".join(names)
        if index:
            yield "edge [style=invis];"
            yield from ("n%d_%d -> n%d_%d;" % (index - 1, level, index, level)
                        for level in range(len(LEVELS)))


def quoted(text):
    return '"%s"' % text.replace('"', '\\"').replace("\n", "\\n")


def diagram(rule):
    """The SVG of a rule's name, without colours of its own: CSS has them, by the
    classes start, state, call, good and bad.  None: no diagram is known, or
    graphviz is not installed."""
    model = find(rule)
    return svg(model) if model else None


def svg(model):
    try:
        drawn = subprocess.run(
            ["dot", "-Tsvg"], input=dot(model), check=True, capture_output=True,
            encoding="utf-8", timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return tidy(drawn, model.about)


def tidy(drawn, about):
    """The SVG element alone, named for who cannot see it, sized by its view box."""
    body = re.sub(r"<!--.*?-->\s*|<title>.*?</title>\s*", "",
                  drawn[drawn.index("<svg"):], flags=re.S)
    body = re.sub(r' (?:fill|stroke|id)="[^"]*"', "", body)
    return re.sub(
        r"<svg[^>]*?viewBox=\"([\d. -]+)\"[^>]*>",
        lambda found: '<svg viewBox="%s" width="%s" role="img" aria-label="%s">' % (
            found.group(1), found.group(1).split()[2], html.escape(about, True)),
        body, count=1, flags=re.S).strip()
