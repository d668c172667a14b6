VOID Acquire(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  Release(r);
}
