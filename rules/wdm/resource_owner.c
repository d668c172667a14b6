/*
 * ResourceOwner (wdm)
 *
 *    held by this thread --ExSetResourceOwnerPointer[Ex](r, p)--> owned by p
 *    owned by p          --ExReleaseResourceForThreadLite(r, p)-> free
 *
 * Nothing else is allowed while p owns it.  Microsoft has no rule of this name:
 * it is what the pages of these routines demand.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_RELEASE_FOR,
     .kind = DDI_ERESOURCE,
     .never = DDI_OTHER_THREAD | DDI_HELD,
     .error = "'%c' for another thread, but the ownership of '%o' was not "
              "transferred by ExSetResourceOwnerPointerEx"},
    {.at = DDI_RELEASE_FOR,
     .kind = DDI_ERESOURCE,
     .never = DDI_OWNER_DIFFERS | DDI_TRANSFERRED,
     .error = "'%c' with another owner than the one that '%o' was transferred to"},
    {.at = DDI_RELEASE | DDI_ACQUIRE | DDI_CONVERT | DDI_TRANSFER | DDI_USE |
           DDI_REINIT | DDI_DELETE,
     .kind = DDI_ERESOURCE,
     .never = DDI_TRANSFERRED,
     .error = "'%c' on '%o' after its ownership was transferred: only "
              "ExReleaseResourceForThreadLite may follow"},
    {.at = DDI_TRANSFER,
     .kind = DDI_ERESOURCE,
     .never = DDI_NOT_HELD,
     .error = "'%c' on '%o', which this path does not hold"},
    {.at = DDI_TRANSFER,
     .kind = DDI_ERESOURCE,
     .never = DDI_OWNER_ON_STACK,
     .error = "'%c' with an owner word on the stack: it must last until "
              "ExReleaseResourceForThreadLite returns"},
    {.at = DDI_TRANSFER,
     .kind = DDI_ERESOURCE,
     .never = DDI_UNKNOWN_FLAGS,
     .error = "'%c' with undefined flags: only 0 and "
              "FLAG_OWNER_POINTER_IS_THREAD are defined"},
    {.at = DDI_TRANSFER,
     .kind = DDI_ERESOURCE,
     .never = DDI_OWNER_UNTAGGED,
     .only = DDI_STRICT,
     .error = "'%c' with an owner id whose two low bits are not set"},
    {.at = DDI_FREE,
     .kind = DDI_ERESOURCE,
     .never = DDI_TRANSFERRED | DDI_OWNER_ENDS,
     .error = "'%c' frees the owner word of '%o' before "
              "ExReleaseResourceForThreadLite"},
    {0}};

const struct ddi_rule ddi_rule_wdm_resource_owner = {
    .name = "wdm.ResourceOwner",
    .summary = "An ERESOURCE is released for another thread only after its "
               "ownership was transferred, and then in no other way",
    .text =
        "ExReleaseResourceForThreadLite with the id of another thread needs "
        "ExSetResourceOwnerPointer or ExSetResourceOwnerPointerEx first, called "
        "by the thread that acquired the resource. After the transfer, "
        "ExReleaseResourceForThreadLite with the same owner pointer is the only "
        "routine that may be called on the resource. The owner word lies in "
        "system memory and stays there until that call returns; its two low "
        "bits are set, which the setting strict asks to see.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/ddi/wdm/"
           "nf-wdm-exsetresourceownerpointerex",
    .bad = "ExSetResourceOwnerPointerEx(r, owner, 0);\n"
           "ExReleaseResourceLite(r);\n",
    .good = "ExSetResourceOwnerPointerEx(r, owner, 0);\n"
            "ExReleaseResourceForThreadLite(r, (ERESOURCE_THREAD)owner);\n",
    .obligations = obligations,
};
