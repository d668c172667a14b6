/*
 * The types of locks, for annotations that name one (_Acquires_lock_(*Lock)):
 * what the lock is follows from the type of the argument.
 */
#include "ddi_rule.h"

const struct ddi_object_type ddi_lock_types[] = {
    {DDI_ERESOURCE, "_ERESOURCE"},
    {DDI_FAST_MUTEX, "_FAST_MUTEX"},
    {DDI_MUTEX, "_KMUTANT"},
    /* numbers by another name */
    {DDI_PUSH_LOCK, "EX_PUSH_LOCK"},
    {DDI_PUSH_LOCK, "PEX_PUSH_LOCK"},
    {DDI_SPIN_LOCK, "KSPIN_LOCK"},
    {DDI_SPIN_LOCK, "PKSPIN_LOCK"},
    {DDI_SPIN_LOCK, "EX_SPIN_LOCK"},
    {DDI_SPIN_LOCK, "PEX_SPIN_LOCK"},
    {DDI_NO_OBJECT, 0}};
