/*
 * ResourceLifetime (wdm)
 *
 *    memory --init--> initialised --delete--> memory
 *                      |      ^
 *                      +reinit+
 *
 * Microsoft has no rule of this name: the pages of the routines demand it, and
 * Driver Verifier checks it at run time (0xC4, 0xD0 to 0xD2).
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_INIT,
     .kind = DDI_ERESOURCE,
     .never = DDI_INITIALIZED,
     .error = "'%c' on '%o', which is already initialised"},
    {.at = DDI_ANY_USE | DDI_REINIT | DDI_DELETE,
     .kind = DDI_ERESOURCE,
     .never = DDI_UNINITIALIZED,
     .error = "'%c' on '%o', which was never initialised"},
    {.at = DDI_ANY_USE | DDI_REINIT | DDI_DELETE,
     .kind = DDI_ERESOURCE,
     .never = DDI_ZEROED,
     .error = "'%c' on '%o', which was zeroed but never initialised"},
    {.at = DDI_ANY_USE | DDI_REINIT,
     .kind = DDI_ERESOURCE,
     .never = DDI_DELETED,
     .error = "'%c' on '%o', which was deleted"},
    {.at = DDI_DELETE,
     .kind = DDI_ERESOURCE,
     .never = DDI_DELETED,
     .error = "'%c' on '%o', which is already deleted"},
    {.at = DDI_DELETE,
     .kind = DDI_ERESOURCE,
     .never = DDI_HELD,
     .only = DDI_STRICT,
     .error = "'%c' on '%o', which is still held"},
    {.at = DDI_FREE,
     .kind = DDI_ERESOURCE,
     .never = DDI_INITIALIZED,
     .error = "'%c' frees memory that holds the initialised resource '%o': call "
              "ExDeleteResourceLite first"},
    {.at = DDI_SCOPE_END,
     .kind = DDI_ERESOURCE,
     .never = DDI_INITIALIZED,
     .error = "'%o' goes out of scope while initialised: call "
              "ExDeleteResourceLite first"},
    {.at = DDI_INIT,
     .kind = DDI_ERESOURCE,
     .never = DDI_ON_STACK,
     .error = "'%c' on '%o', which lies on the stack: an ERESOURCE must be in "
              "nonpaged system memory"},
    {.at = DDI_INIT,
     .kind = DDI_ERESOURCE,
     .never = DDI_PAGED,
     .error = "'%c' on '%o', which lies in paged pool: an ERESOURCE must be in "
              "nonpaged system memory"},
    {0}};

const struct ddi_rule ddi_rule_wdm_resource_lifetime = {
    .name = "wdm.ResourceLifetime",
    .summary = "An ERESOURCE is initialised once before use, lives in nonpaged "
               "memory, and is deleted before its memory ends",
    .text =
        "The system links every initialised ERESOURCE into a list of its own. "
        "So it is initialised once (ExReinitializeResourceLite is for using it "
        "again), used only between ExInitializeResourceLite and "
        "ExDeleteResourceLite, and deleted before its memory is freed. The "
        "memory is nonpaged and not on the stack.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/kernel/"
           "introduction-to-eresource-routines",
    .bad = "ExInitializeResourceLite(&ctx->Resource);\n"
           "...\n"
           "ExFreePool(ctx);\n",
    .good = "ExInitializeResourceLite(&ctx->Resource);\n"
            "...\n"
            "ExDeleteResourceLite(&ctx->Resource);\n"
            "ExFreePool(ctx);\n",
    .obligations = obligations,
};
