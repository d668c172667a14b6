#include <ntifs.h>

VOID Broken(PERESOURCE r) {
  ThisIsNotC(
}
