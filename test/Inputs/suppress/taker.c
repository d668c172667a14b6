#include <ntifs.h>
#include "helper.h"

void GiveBack(PERESOURCE r) {
  // ddi-suppress wdm.ExclusiveResourceAccess: told where it is called
  ExReleaseResourceLite(r);
}

void GiveBackPlainly(PERESOURCE r) {
  ExReleaseResourceLite(r); // ddi-suppress wdm.ExclusiveResourceAccess
}

#pragma warning(push)
#pragma warning(disable: 28107)
void GiveBackSilently(PERESOURCE r) {
  ExReleaseResourceLite(r);
}
#pragma warning(pop)

void Clean(void) {} // ddi-suppress wdm.CriticalRegions: nothing is found here

// ddi-suppress wdm.PushLok, CriticalRegions because of old callers
void Misspelt(void) {
  KeLeaveCriticalRegion();
}
// ddi-suppress-end
