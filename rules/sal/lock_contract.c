/*
 * LockContract (sal): a lock is held where an annotation demands it, and none is
 * left that no annotation declares.
 */
#include "ddi_rule.h"

#define LEAVES(what)                                                           \
  {.at = DDI_KEEP_CONTRACT,                                                    \
   .kind = what,                                                               \
   .never = DDI_HELD,                                                          \
   .alias = 28103,                                                             \
   .error = "Returns with '%o' held, which no annotation of the function "     \
            "declares"}

static const struct ddi_obligation obligations[] = {
    {.at = DDI_REQUIRE_HELD,
     .never = DDI_NOT_HELD,
     .alias = 28107,
     .error = "'%c' is called without '%o', which its annotation demands"},
    {.at = DDI_REQUIRE_REGION,
     .never = DDI_APCS_ENABLED,
     .alias = 28107,
     .error = "'%c' is called outside of a critical region, which its annotation "
              "demands"},
    {.at = DDI_REQUIRE_FREE,
     .never = DDI_HELD,
     .alias = 28109,
     .error = "'%c' is called with '%o' held, which its annotation forbids"},
    LEAVES(DDI_ERESOURCE),
    LEAVES(DDI_PUSH_LOCK),
    LEAVES(DDI_MUTEX),
    LEAVES(DDI_FAST_MUTEX),
    LEAVES(DDI_SPIN_LOCK),
    LEAVES(DDI_LOCK),
    {0}};

const struct ddi_rule ddi_rule_sal_lock_contract = {
    .name = "sal.LockContract",
    .summary = "A lock is held where an annotation demands it, and none is left "
               "that no annotation declares",
    .text =
        "Every caller fulfils _Requires_lock_held_, also of the "
        "_Global_critical_region_, and _Requires_lock_not_held_. A function that "
        "speaks of locks in its annotations says with _Acquires_lock_ which it "
        "leaves held; any other it gives back. Code Analysis knows the same as C28103, C28107 and C28109; a pragma that "
        "silences those numbers silences this rule too.",
    .url = "https://learn.microsoft.com/cpp/code-quality/"
           "annotating-locking-behavior",
    .bad = "_Requires_lock_held_(ext->Lock)\n"
           "VOID Insert(PEXT ext);\n"
           "...\n"
           "ExReleaseFastMutex(&ext->Lock);\n"
           "Insert(ext);\n",
    .good = "Insert(ext);\n"
            "ExReleaseFastMutex(&ext->Lock);\n",
    .obligations = obligations,
};
