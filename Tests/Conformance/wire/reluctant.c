/* Preloaded into a program: send(2) and splice(2) often take a part of what they could, or nothing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Begins with the same in every run; which call it meets depends on the time as well. */
static __thread unsigned int state = 1;

/* How many of `count` bytes are taken now; 0 where it is none. */
static size_t taken(size_t count) {
    int chance = rand_r(&state) % 10;
    if (chance < 3) return 0;
    if (chance < 7 && count > 1) return 1 + (size_t)rand_r(&state) % (count - 1);
    return count;
}

ssize_t send(int socket, const void *bytes, size_t count, int flags) {
    ssize_t (*real)(int, const void *, size_t, int) = dlsym(RTLD_NEXT, "send");
    count = taken(count);
    if (count > 0) return real(socket, bytes, count, flags);
    errno = EAGAIN;
    return -1;
}

ssize_t splice(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t count, unsigned int flags) {
    ssize_t (*real)(int, off64_t *, int, off64_t *, size_t, unsigned int) = dlsym(RTLD_NEXT, "splice");
    if (getenv("RELUCTANT_REFUSES") != NULL) {
        errno = EPERM;
        return -1;
    }
    count = taken(count);
    if (count > 0) return real(from, from_offset, to, to_offset, count, flags);
    errno = EAGAIN;
    return -1;
}
