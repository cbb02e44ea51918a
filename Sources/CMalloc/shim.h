#include <malloc.h>

/// Bytes that the program has allocated and not freed (mallinfo2(3), glibc 2.33 and later).
static inline unsigned long CMalloc_allocated_bytes(void) {
    return mallinfo2().uordblks;
}

/// Bytes that the allocator has of the system, in use or not.
static inline unsigned long CMalloc_heap_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return info.arena + info.hblkhd;
}
