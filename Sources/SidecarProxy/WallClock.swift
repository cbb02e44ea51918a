import Glibc
import NIOCore

/// The time of day, for logs and headers.
enum WallClock {
    /// When something began that `start` tells of, in nanoseconds since 1970.
    static func time(of start: NIODeadline) -> Int64 {
        var time = timespec()
        // Safety: clock_gettime fills the structure that it is given.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        let now = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        return now &- (NIODeadline.now() - start).nanoseconds
    }
}
