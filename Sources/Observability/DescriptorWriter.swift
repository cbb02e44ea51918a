import Glibc

/// Writes bytes to a descriptor, whatever kind it is, and blocks as long as that takes.
enum DescriptorWriter {
    /// Writes `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: Whole lines.
    ///   - descriptor: Where to; non-blocking descriptors are waited for.
    /// - Returns: The number of lines that could not be written.
    static func write(_ bytes: [UInt8], to descriptor: CInt) -> Int {
        var done = 0
        while done < bytes.count {
            // Safety: the pointer is `done` bytes into the array, and the count is what is left behind it.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done)
            }
            guard count < 0 else {
                done += count
                continue
            }
            switch errno {
            case EINTR:
                continue
            case EAGAIN:
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                // Safety: `poll` reads and writes the one struct it is given.
                _ = unsafe poll(&waiting, 1, -1)
            default:
                return bytes[done...].count { $0 == UInt8(ascii: "\n") }
            }
        }
        return 0
    }
}
