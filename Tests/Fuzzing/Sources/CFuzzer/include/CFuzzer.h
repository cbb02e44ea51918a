/* What compiler-rt offers to a program that brings its own main. */
#ifndef PILLION_CFUZZER_H
#define PILLION_CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer: runs until its options end it, then exits. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

/* AddressSanitizer: the bytes that are allocated now. */
size_t __sanitizer_get_current_allocated_bytes(void);

#endif
