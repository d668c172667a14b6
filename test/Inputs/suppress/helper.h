static inline void LeaveHere(void) {
  KeLeaveCriticalRegion(); // ddi-suppress wdm.CriticalRegions: its callers enter
}
#if 0
// ddi-suppress wdm.GuardedRegions: this is left out
#endif
// ddi-suppress wdm.GuardedRegions: nothing is found in the header
static inline void Nothing(void) {}
