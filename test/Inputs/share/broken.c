#include "share.h"
#include "once.h"
void Broken(void) { LEAVE(); }
void Unfinished(void) {
