#include <errno.h>
#include <fcntl.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

// The headers declare these under _GNU_SOURCE only, which would also change structures that Swift's Glibc has.
extern int pipe2(int ends[2], int flags);
extern ssize_t splice(int from, __off64_t *from_offset, int to, __off64_t *to_offset, size_t count, unsigned int flags);

/// Values of fcntl(2) and splice(2).
enum { CSplice_set_pipe_size = 1031, CSplice_move_pages = 1, CSplice_do_not_block = 2 };

/// What ``CSplice_move`` says when it has moved nothing: nothing can be moved now; the system does not let this process,
/// or these files; the connection has failed, which nobody is told again.
enum { CSplice_later = -1, CSplice_refused = -2, CSplice_failed = -3 };

/// Makes a pipe whose ends do not block and are closed on exec (pipe(2)), of a size in bytes if that much is allowed
/// (fcntl(2), F_SETPIPE_SZ); false when there are no descriptors left.
static inline int CSplice_pipe(int ends[2], int size) {
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return 0;
    (void)fcntl(ends[1], CSplice_set_pipe_size, size);
    return 1;
}

/// Moves up to `count` bytes between a pipe and a socket, whichever way, without waiting (splice(2)). How many; 0 at the
/// end of what the source will ever give; or why none.
static inline long CSplice_move(int from, int to, unsigned long count) {
    long moved;
    do moved = splice(from, NULL, to, NULL, count, CSplice_do_not_block | CSplice_move_pages);
    while (moved < 0 && errno == EINTR);
    if (moved >= 0) return moved;
    switch (errno) {
    case EAGAIN: return CSplice_later;
    case ENOSYS: case EPERM: case EACCES: case EINVAL: return CSplice_refused;
    default: return CSplice_failed;
    }
}

/// How many bytes a connection takes now to send them: what the system allows it to hold, without what it holds
/// (socket(7), SO_MEMINFO); 0 or less when it takes none.
static inline long CSplice_room(int socket) {
    unsigned int memory[SK_MEMINFO_VARS];
    socklen_t length = sizeof memory;
    if (getsockopt(socket, SOL_SOCKET, SO_MEMINFO, memory, &length) != 0) return 0;
    return (long)memory[SK_MEMINFO_SNDBUF] - (long)memory[SK_MEMINFO_WMEM_QUEUED];
}
