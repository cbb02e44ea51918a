/* Counts the allocations of the program it is linked into. */
#ifndef PILLION_CALLOCATIONS_H
#define PILLION_CALLOCATIONS_H

/* How many blocks malloc, calloc, realloc and their aligned kin have handed out so far. */
unsigned long pillion_allocations(void);

#endif
