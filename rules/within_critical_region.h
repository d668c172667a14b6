/*
 * WithinCriticalRegion, which Microsoft publishes for WDM and for Storport's
 * virtual miniports with the same text.  A finding goes by one of the names.
 *
 * The six routines of the rule are the Ex family: the combined forms and those
 * of the filter manager enter a region themselves.
 */
#ifndef DDI_WITHIN_CRITICAL_REGION_H
#define DDI_WITHIN_CRITICAL_REGION_H

#include "ddi_rule.h"

/* .where is the field that says to which drivers the name belongs. */
#define WITHIN_CRITICAL_REGION(where, fact)                                    \
  {.at = DDI_ACQUIRE,                                                          \
   .kind = DDI_ERESOURCE,                                                      \
   .never = DDI_APCS_ENABLED fact,                                             \
   .alias = 28107,                                                             \
   where,                                                                      \
   .fix = DDI_FIX_REGION,                                                      \
   .error = "'%c' with normal kernel APCs enabled: the thread is in no "       \
            "critical region"},                                                \
      {.at = DDI_RELEASE | DDI_RELEASE_FOR,                                    \
       .kind = DDI_ERESOURCE,                                                  \
       .never = DDI_APCS_ENABLED fact,                                         \
       .alias = 28107,                                                         \
       where,                                                                  \
       .error = "'%c' with normal kernel APCs enabled: the thread is in no "   \
                "critical region"},                                            \
      {.at = DDI_ACQUIRE | DDI_RELEASE | DDI_RELEASE_FOR,                      \
       .kind = DDI_ERESOURCE,                                                  \
       .family = DDI_EX,                                                       \
       .never = DDI_OUTSIDE_CRITICAL fact,                                     \
       where,                                                                  \
       .only = DDI_SDV,                                                        \
       .error = "'%c' outside of a critical region"},                          \
      {.at = DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED,                           \
       .kind = DDI_ERESOURCE,                                                  \
       .never = DDI_HELD | DDI_ENABLES_APCS fact,                              \
       where,                                                                  \
       .error = "'%c' lets normal kernel APCs in while '%o' is still held"},   \
  {                                                                            \
    0                                                                          \
  }

#define WITHIN_CRITICAL_REGION_TEXT                                            \
  "A thread that is suspended while it holds an ERESOURCE stops everybody "    \
  "who waits for it. So normal kernel APCs, by which threads are suspended, "  \
  "must be off from before the acquisition until after the release: in a "     \
  "critical region (KeEnterCriticalRegion, FsRtlEnterFileSystem), in a "       \
  "guarded region, with a mutex held, or at APC_LEVEL. Under the setting sdv " \
  "only a critical region counts, as the SDV rule says.\n"                     \
  "System threads made by PsCreateSystemThread start inside a critical "       \
  "region. ExEnterCriticalRegionAndAcquireResourceExclusive and its like, "    \
  "FltAcquireResourceExclusive and its like enter one themselves."
#define WITHIN_CRITICAL_REGION_BAD                                             \
  "ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);\n"                    \
  "...\n"                                                                      \
  "ExReleaseResourceLite(&ext->Resource);\n"
#define WITHIN_CRITICAL_REGION_GOOD                                            \
  "KeEnterCriticalRegion();\n"                                                 \
  "ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);\n"                    \
  "...\n"                                                                      \
  "ExReleaseResourceLite(&ext->Resource);\n"                                   \
  "KeLeaveCriticalRegion();\n"

#endif
