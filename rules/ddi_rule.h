/*
 * The words in which tables are written: what a routine of the kernel does
 * (struct ddi_routine), how the system enters a driver (struct ddi_role), and
 * what a driver owes (struct ddi_rule).
 *
 * A table holds data and no logic, and knows no Clang.  In every field zero
 * means "not said".
 */
#ifndef DDI_RULE_H
#define DDI_RULE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Objects ----------------------------------------------------------- */

enum ddi_kind {
  DDI_NO_OBJECT,
  DDI_ERESOURCE,
  DDI_PUSH_LOCK,
  DDI_MUTEX,   /* KMUTEX; while one is held, normal kernel APCs are off */
  DDI_STORAGE, /* memory that may hold objects: a pool block, a local */
  DDI_FAST_MUTEX, /* FAST_MUTEX, KGUARDED_MUTEX: one type */
  DDI_SPIN_LOCK, /* at DISPATCH_LEVEL or above: KSPIN_LOCK and its like */
  DDI_LOCK, /* what an annotation calls a lock */
  DDI_LOCK_HANDLE, /* what an acquisition goes by: KLOCK_QUEUE_HANDLE */
  DDI_WAIT_LOCK,   /* WDFWAITLOCK */
  DDI_DPC_LOCK,    /* of Storport: per DPC, ... */
  DDI_STARTIO_LOCK,
  DDI_INTERRUPT_LOCK, /* ... and of a KINTERRUPT, a WDFINTERRUPT, too */
  DDI_DEVICE_MUTEX,   /* of AVStream, for a device, ... */
  DDI_FILTER_MUTEX,   /* ... a filter and its pins, ... */
  DDI_PROCESSING_MUTEX, /* ... and what they process */
  DDI_REMOVE_LOCK,
  DDI_RUNDOWN, /* EX_RUNDOWN_REF */
  DDI_IRP,
  DDI_KINDS
};

/* Of several kinds: 1 << DDI_PUSH_LOCK | 1 << DDI_MUTEX */
typedef uint32_t ddi_kind_set;
#define DDI_KIND(kind) (UINT32_C(1) << (kind))
/* Held for a request, from one entry of the driver to another. */
#define DDI_OF_REQUESTS                                                        \
  (DDI_KIND(DDI_REMOVE_LOCK) | DDI_KIND(DDI_RUNDOWN) | DDI_KIND(DDI_IRP))

/* An argument stands for the memory that it points into. */
#define DDI_NAMED_BY_STORAGE (DDI_KIND(DDI_STORAGE) | DDI_KIND(DDI_IRP))

enum ddi_mode { DDI_ANY_MODE, DDI_SHARED, DDI_EXCLUSIVE };

/* Which interface the object is used through: rules differ, objects do not. */
enum ddi_family {
  DDI_ANY_FAMILY,
  DDI_EX,
  DDI_FLT,
  DDI_WITH_TAG, /* pool: ExAllocatePoolWithTag */
  DDI_WITH_PRIORITY,
  DDI_KE,
  DDI_QUEUED, /* in-stack queued spin locks */
  DDI_CANCEL, /* the cancel spin lock */
  DDI_WDF,
  DDI_NDIS,
  DDI_STOR,
  DDI_KS,
  DDI_NDIS_RW /* a writer may come back, and no reader may become one */
};

/* In which form the routine acquires or releases: of those said, both must be the
   same. */
enum ddi_form {
  DDI_ANY_FORM,
  DDI_RAISING,     /* KeAcquireSpinLock: raises, and saves the old level */
  DDI_AT_DPC,      /* KeAcquireSpinLockAtDpcLevel */
  DDI_FOR_DPC,     /* KeAcquireSpinLockForDpc: raises unless it is raised */
  DDI_SAFE,        /* ExAcquireFastMutex */
  DDI_UNSAFE,      /* ExAcquireFastMutexUnsafe */
  DDI_INTERLOCKED  /* ExInterlockedInsertTailList */
};

/* The IRQLs of amd64.  DDI_DIRQL stands for every device level. */
enum ddi_irql {
  DDI_PASSIVE_LEVEL = 0,
  DDI_APC_LEVEL = 1,
  DDI_DISPATCH_LEVEL = 2,
  DDI_DIRQL = 3,
  DDI_HIGH_LEVEL = 15
};

/* Arguments are counted from one, so that zero means "not said". */
enum ddi_arg {
  DDI_ARG1 = 1,
  DDI_ARG2,
  DDI_ARG3,
  DDI_ARG4,
  DDI_ARG5,
  DDI_ARG6,
  DDI_RESULT = 100, /* what the routine returns */
  DDI_FIXED,        /* no argument: what the row itself names */
  DDI_NOT_GIVEN     /* there is one, and nobody here knows its value */
};

/* ---- Events: what happens on a path ------------------------------------ */

/* One bit each, so that an obligation can name several. */
enum ddi_op {
  DDI_ENTER_CRITICAL = 1 << 0,
  DDI_LEAVE_CRITICAL = 1 << 1,
  DDI_ENTER_GUARDED = 1 << 2,
  DDI_LEAVE_GUARDED = 1 << 3,
  DDI_RAISE = 1 << 4,  /* IRQL goes up to a level; the old one is kept */
  DDI_LOWER = 1 << 5,  /* IRQL goes back to the level kept */
  DDI_ACQUIRE = 1 << 6,
  DDI_RELEASE = 1 << 7,
  DDI_RELEASE_FOR = 1 << 8, /* on behalf of the owner in another argument */
  DDI_CONVERT = 1 << 9,     /* exclusive to shared, or .mode says otherwise */
  DDI_TRANSFER = 1 << 10,   /* ownership goes to an owner pointer */
  DDI_INIT = 1 << 11,
  DDI_REINIT = 1 << 12,
  DDI_DELETE = 1 << 13,
  DDI_ALLOCATE = 1 << 14, /* storage comes into being */
  DDI_FREE = 1 << 15,     /* storage ends: freed */
  DDI_SCOPE_END = 1 << 16, /* storage ends: a local goes out of scope */
  DDI_ZERO = 1 << 17,     /* storage is filled with zeroes */
  DDI_EXIT = 1 << 18,     /* an entry point returns to the system */
  DDI_SIBLING_EXIT = 1 << 19, /* a helper returns otherwise than elsewhere */
  DDI_CALL = 1 << 20,     /* any call of a routine that a rule names */
  DDI_USE = 1 << 21,      /* an object is asked about, and not changed */
  DDI_SIGNAL_WAIT = 1 << 22, /* signals, and stays raised for the wait to come */
  DDI_WAIT = 1 << 23,        /* that wait */
  DDI_RUN_PAGED = 1 << 24,   /* code that may be paged out runs */
  /* What annotations say: a lock or region is held, or not held, at a call; a
     function returns, and should leave what they declare. */
  DDI_REQUIRE_HELD = 1 << 25,
  DDI_REQUIRE_FREE = 1 << 26,
  DDI_REQUIRE_REGION = 1 << 27,
  DDI_KEEP_CONTRACT = 1 << 28,
  DDI_ASSUME_HELD = 1 << 29, /* the driver says that it knows better */
  DDI_ASSUME_FREE = 1 << 30
};

/* Any operation that needs an initialised object. */
#define DDI_ANY_USE                                                            \
  (DDI_ACQUIRE | DDI_RELEASE | DDI_RELEASE_FOR | DDI_CONVERT | DDI_TRANSFER |  \
   DDI_USE)

/* ---- Effects: what a routine does -------------------------------------- */

struct ddi_effect {
  enum ddi_op op;
  enum ddi_kind kind;
  enum ddi_mode mode;
  /* A pointer to the object; DDI_RAISE, DDI_LOWER: the object that keeps the
     old level; result: DDI_ALLOCATE. */
  enum ddi_arg object;
  /* The owner pointer or thread id; the handle that an acquisition goes by, and
     its release, where that has no .object. */
  enum ddi_arg owner;
  enum ddi_arg level;    /* DDI_RAISE, DDI_LOWER: where the IRQL stands */
  enum ddi_irql to;      /* DDI_RAISE without .level: the level, or ... */
  enum ddi_irql up_to;   /* ... the lowest and the highest it can be */
  enum ddi_arg old;      /* DDI_RAISE: where the old IRQL goes */
  enum ddi_arg only_if;  /* nothing happens unless this argument is non-zero, ... */
  unsigned equals;       /* ... or is this number */
  enum ddi_arg tag;      /* one address is as many objects as this has values */
  const char *name;      /* .object is DDI_FIXED: "the cancel spin lock" */
  enum ddi_kind under;   /* nothing happens unless this path holds one */
};

enum ddi_when {
  DDI_ALWAYS,
  DDI_IF_TRUE,   /* the effects happen only if the routine returns non-zero */
  DDI_IF_SUCCESS, /* ... only if it returns zero (STATUS_SUCCESS) */
  DDI_UNLESS_ERROR /* ... unless it returns an error, which is below zero */
};

/* What a routine that is asked about the path answers. */
enum ddi_query {
  DDI_NO_QUERY,
  DDI_APCS_ARE_DISABLED,     /* in a critical or guarded region */
  DDI_ALL_APCS_ARE_DISABLED, /* in a guarded region or at APC_LEVEL */
  DDI_CURRENT_IRQL,
  DDI_CURRENT_THREAD,
  DDI_IS_HELD,
  DDI_IS_HELD_EXCLUSIVE
};

enum { DDI_MAX_EFFECTS = 6 };

/* What an argument must say for a bound to apply. */
enum ddi_bound_case {
  DDI_NO_CASE,
  DDI_IN_ANY_CASE,  /* in place of what page and header say */
  DDI_IF_NONZERO,
  DDI_IF_WAITING,   /* a timeout: null, or a pointer to anything but zero */
  DDI_IF_PAGED_POOL /* a kind of pool, or a block of it */
};

/* The IRQL at a call. */
struct ddi_bound {
  enum ddi_bound_case when;
  enum ddi_arg arg;
  enum ddi_irql min, max;
};

enum { DDI_MAX_BOUNDS = 2 };

struct ddi_routine {
  const char *name; /* as Clang sees it, after macros */
  struct ddi_effect effects[DDI_MAX_EFFECTS];
  enum ddi_family family;
  enum ddi_form form;
  enum ddi_when when;
  enum ddi_arg wait;    /* a non-zero argument here makes .when DDI_ALWAYS */
  enum ddi_arg timeout; /* a null argument here makes .when DDI_ALWAYS */
  enum ddi_arg flags;   /* only zero and .flags_known are defined */
  unsigned flags_known;
  struct ddi_bound bounds[DDI_MAX_BOUNDS]; /* the later one wins */
  const char *pointee;  /* the object of .when must point to this struct, or into it */
  enum ddi_query query;
  enum ddi_arg out;     /* memory that the routine writes */
  /* Allocators: the argument that tells the kind of pool, the bits there that
     mean pageable memory, and the bit whose absence means zeroed memory. */
  enum ddi_arg pool;
  unsigned paged_mask, paged_value;
  unsigned unless_zeroed;
  unsigned zeroed : 1;
  unsigned observed : 1;  /* the analyzer itself knows what it returns */
  unsigned succeeds : 1;  /* returns STATUS_SUCCESS, always */
  unsigned superseded : 1; /* by another, since Windows 10, version 2004 */
  unsigned raises : 1;    /* throws an exception, always */
  unsigned may_raise : 1; /* throws for bad user memory */
  unsigned stops : 1;     /* never returns and never throws */
};

/* ---- Roles: how the system enters a driver ------------------------------ */

/* What is held where a function is entered: a DDI_FIXED object, or the one that its
   first parameter names. */
struct ddi_held {
  const char *name; /* null: none */
  enum ddi_kind kind;
  enum ddi_family family;
  unsigned is_parameter : 1;
  unsigned has_level : 1;    /* the level before it lies where it can be found */
  unsigned must_release : 1; /* else the caller, or the system, does */
};

/* A role, by the name of the typedef that Microsoft gives its functions. */
struct ddi_role {
  const char *name;
  enum ddi_irql irql_min, irql_max;
  /* A driver that asks for the level is taken to expect up to this one. */
  enum ddi_irql irql_if_asked;
  unsigned in_critical_region : 1;  /* normal APCs are off at entry */
  unsigned region_unknown : 1;
  unsigned may_hold : 1; /* taking or giving back a lock is its job */
  unsigned may_change_irql : 1; /* and raising or lowering is */
  unsigned runs_alone : 1; /* nothing else of the driver runs meanwhile */
  struct ddi_held held;
};

/* How a driver says that a function has a role, where no type tells: one of
   these, and the role. */
struct ddi_registration {
  const char *role;
  const char *function;  /* a function of this very name has it */
  const char *field;     /* ... or one that is stored to a member */
  const char *registrar; /* ... or that is this argument of this routine */
  enum ddi_arg argument;
};

/* How the type of an object is called: a struct's tag or a typedef's name. */
struct ddi_object_type {
  enum ddi_kind kind;
  const char *name;
};

/* How a driver says which kind of Storport miniport it is: the type that this
   argument of the routine points to, casts aside. */
struct ddi_miniport {
  const char *registrar;
  enum ddi_arg argument;
  const char *pointee;
  unsigned is_virtual : 1;
};

/* ---- Facts: what a path proves ------------------------------------------ */

/*
 * Every question has three answers.  A bit stands for a proven answer; where
 * nothing is proven neither the bit of "yes" nor that of "no" is set, and so
 * no obligation can be broken.
 */
typedef uint64_t ddi_fact_set;
#define DDI_FACT(n) (UINT64_C(1) << (n))

/* the thread */
#define DDI_APCS_ENABLED DDI_FACT(0)
#define DDI_ENABLES_APCS DDI_FACT(1) /* this leave lets normal APCs in again */
#define DDI_OUTSIDE_CRITICAL DDI_FACT(2)
#define DDI_OUTSIDE_GUARDED DDI_FACT(3)
#define DDI_THIS_THREAD DDI_FACT(4) /* the id is that of the current thread */
#define DDI_MORE_CRITICAL DDI_FACT(5) /* deeper than at entry */
#define DDI_LESS_CRITICAL DDI_FACT(6)
#define DDI_MORE_GUARDED DDI_FACT(7)
#define DDI_LESS_GUARDED DDI_FACT(8)
#define DDI_SPECIAL_APCS_DISABLED DDI_FACT(9)
#define DDI_MUST_WAIT DDI_FACT(10) /* it said that its next call would wait */
/* its IRQL */
#define DDI_ABOVE_APC_LEVEL DDI_FACT(11)
#define DDI_IRQL_TOO_HIGH DDI_FACT(12) /* for this call */
#define DDI_IRQL_TOO_LOW DDI_FACT(13)
#define DDI_RAISES_DOWN DDI_FACT(14) /* a raise to a level below the current */
#define DDI_LOWERS_UP DDI_FACT(15)
#define DDI_NOT_RAISED DDI_FACT(16)   /* a lower, and nothing was raised */
#define DDI_OTHER_LEVEL DDI_FACT(17)  /* not what the matching raise saved */
#define DDI_LITERAL_LEVEL DDI_FACT(18) /* a constant, not a saved level */
#define DDI_IRQL_RAISED DDI_FACT(19)  /* above the level at entry */
#define DDI_IRQL_LOWERED DDI_FACT(20)
#define DDI_ENTRY_VARIES DDI_FACT(21) /* the role has no single level */
#define DDI_OTHER_FORM DDI_FACT(22)   /* than that in which this path acquired */
#define DDI_OTHER_FAMILY DDI_FACT(23)
/* the object */
#define DDI_NOT_HELD DDI_FACT(24)
#define DDI_HELD DDI_FACT(25)
#define DDI_HELD_SHARED DDI_FACT(26)
#define DDI_HELD_EXCLUSIVE DDI_FACT(27)
#define DDI_TRANSFERRED DDI_FACT(28)
#define DDI_UNINITIALIZED DDI_FACT(29) /* and not zeroed */
#define DDI_ZEROED DDI_FACT(30)
#define DDI_INITIALIZED DDI_FACT(31) /* on this path */
#define DDI_DELETED DDI_FACT(32)
#define DDI_ON_STACK DDI_FACT(33)
#define DDI_PAGED DDI_FACT(34)
#define DDI_POOL_BY_TAG DDI_FACT(35) /* this path allocated it so */
#define DDI_POOL_BY_PRIORITY DDI_FACT(36)
#define DDI_KEEPS_RAISED DDI_FACT(37) /* a lock of this path raised the IRQL */
#define DDI_NO_SPIN_LOCK DDI_FACT(38) /* is held */
#define DDI_ANOTHER_HELD DDI_FACT(39) /* of its kind, by this path */
/* the call */
#define DDI_WAITS DDI_FACT(40)
#define DDI_OTHER_THREAD DDI_FACT(41) /* the id is not that of this thread */
#define DDI_OWNER_DIFFERS DDI_FACT(42)
#define DDI_OWNER_ON_STACK DDI_FACT(43)
#define DDI_OWNER_UNTAGGED DDI_FACT(44) /* its two low bits are not set */
#define DDI_OWNER_ENDS DDI_FACT(45) /* the storage that ends holds the owner */
#define DDI_UNKNOWN_FLAGS DDI_FACT(46)
#define DDI_IS_WAIT DDI_FACT(47) /* the routine waits */
#define DDI_DECLARES_SAME DDI_FACT(48) /* it returns at the level of its entry */
#define DDI_SUPERSEDED DDI_FACT(53)   /* there is a newer routine */
#define DDI_ENTERED_FREE DDI_FACT(54) /* nothing was held at entry */
#define DDI_GOES_ON DDI_FACT(49) /* the code that may be paged out ran before */
#define DDI_NEEDS_SPECIAL_APCS DDI_FACT(52)
/* In another form, and the IRQL comes back all the same. */
#define DDI_HAND_OVER_HAND DDI_FACT(55)
#define DDI_BY_INTERLOCKED DDI_FACT(56) /* so was it transferred */
/* the driver */
#define DDI_PHYSICAL_MINIPORT DDI_FACT(50)
#define DDI_VIRTUAL_MINIPORT DDI_FACT(51)
/* Another path has the two locks the other way round; see ddi_order.h. */
#define DDI_ORDER_REVERSED DDI_FACT(63)

/* ---- Obligations: what a driver owes ------------------------------------ */

/* Settings that turn on more than the default.  Bits, as a row may be in both. */
enum ddi_strictness {
  DDI_DOCUMENTED = 0, /* what Microsoft's pages agree on */
  DDI_SDV = 1,        /* and what the text of the SDV rule adds */
  DDI_STRICT = 2      /* and the strictest reading of the pages */
};

enum ddi_fix {
  DDI_NO_FIX,
  DDI_FIX_REGION, /* enter a critical region before, leave it after the release */
  DDI_FIX_MODE    /* the release of the mode that is held */
};

struct ddi_obligation {
  enum ddi_op at;       /* the events it is judged at: one bit or several */
  enum ddi_kind kind;
  enum ddi_mode mode;
  enum ddi_family family;
  ddi_fact_set never;  /* broken if all of these are proven */
  ddi_fact_set unless; /* ... and none of these is */
  /* Not of the event's own object, but of each other one of these kinds. */
  ddi_kind_set others;
  enum ddi_strictness only; /* zero: at every strictness */
  enum ddi_fix fix;
  unsigned alias; /* the C28xxx number of Code Analysis for the same thing */
  const char *const *calls; /* only these routines, ended by a null pointer */
  unsigned named : 1; /* only routines that Microsoft lists under the rule */
  unsigned otherwise : 2; /* only if no row of a lower number is broken */
  /* %c is the routine as the user wrote it, %o the object, %l the IRQL and
     where it comes from, %b the bound and who says so; of two locks %n is the one
     that is acquired, %o the one that is held, %r who has them the other way round. */
  const char *error;
};

/* A rule that Microsoft publishes, and that one of ours checks. */
struct ddi_covered {
  const char *name;     /* "wdm.RemoveLockReleaseRead" */
  const char *left_out; /* what of it is not judged, in a few words; null: nothing */
};

struct ddi_rule {
  const char *name;    /* as Microsoft's, after the driver model */
  const char *summary; /* one sentence */
  const char *text;    /* what is demanded and why, for --explain */
  const char *url;
  const char *bad, *good; /* a few lines of C each */
  const struct ddi_obligation *obligations; /* ended by a row of zeroes */
  /* What it checks beside the published rule of its own name, which has a row only if
     something of it is left out.  Ended by a row of zeroes, or null. */
  const struct ddi_covered *covers;
};

/* ---- What Microsoft publishes: generated, in rules/facts ------------------ */

/* Where a page or a header does not say. */
enum { DDI_NO_BOUND = -1 };

/* A documented routine, or a callback by the name of its typedef. */
struct ddi_published {
  const char *name;
  const char *page; /* "wdm/nf-wdm-zwclose" under DDI_PAGES; null: none */
  signed char page_min, page_max;     /* IRQL by the page, or DDI_NO_BOUND */
  signed char header_min, header_max; /* IRQL by the header's annotation */
  unsigned char special_apcs; /* the page wants special kernel APCs enabled */
  const char *rules; /* "wdm.IrqlZwPassive storport.HwStorPortProhibitedDDIs" */
};

#define DDI_PAGES "https://learn.microsoft.com/windows-hardware/drivers/ddi/"

/* Ordered by name (strcmp). */
extern const struct ddi_published ddi_published_routines[];
extern const unsigned ddi_published_routine_count;
extern const struct ddi_published ddi_published_callbacks[];
extern const unsigned ddi_published_callback_count;

struct ddi_published_rule {
  const char *name;      /* "wdm.CriticalRegions" */
  const char *statement; /* what it demands, in a sentence of ours */
  const char *page;      /* "wdm-criticalregions" under DDI_RULE_PAGES */
};

#define DDI_RULE_PAGES                                                         \
  "https://learn.microsoft.com/windows-hardware/drivers/devtest/"

/* Ordered by name (strcmp). */
extern const struct ddi_published_rule ddi_published_rules[];
extern const unsigned ddi_published_rule_count;

/* ---- The registry, written by CMake ------------------------------------- */

/* Rules ordered by file name; the array ends with a null pointer. */
extern const struct ddi_rule *const ddi_rules[];
/* Tables of routines, one for each file in rules/model; each table ends with
   a row of zeroes, the array with a null pointer. */
extern const struct ddi_routine *const ddi_models[];
/* Ended by a row of zeroes. */
extern const struct ddi_role ddi_roles[];
extern const struct ddi_held ddi_cancel_lock;
extern const struct ddi_registration ddi_registrations[];
extern const struct ddi_miniport ddi_miniports[];
extern const struct ddi_object_type ddi_object_types[];
extern const struct ddi_object_type ddi_lock_types[];
/* Generated from Microsoft's pages; ended by a null pointer. */
extern const char *const ddi_storport_prohibited[];

#ifdef __cplusplus
}
#endif
#endif
