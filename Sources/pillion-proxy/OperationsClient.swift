import Glibc

/// Asks the proxy in this pod, for the image has no shell: one request over a blocking socket, within 2 seconds.
enum OperationsClient {
    /// Sends a request to 127.0.0.1.
    ///
    /// - Returns: The status, or nil when there was no answer.
    static func request(_ method: String, _ path: String, port: UInt16) -> Int? {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // Safety: the calls read structs of the size that they are told.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { return nil }
        StandardError.write(
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            to: descriptor
        )
        return status(descriptor)
    }

    /// Reads `HTTP/1.1 200`.
    private static func status(_ descriptor: CInt) -> Int? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        // Safety: one byte is read into one byte.
        while line.count < 12, unsafe recv(descriptor, &byte, 1, 0) == 1 { line.append(byte) }
        return line.count == 12 ? Int(String(decoding: line[9...], as: UTF8.self)) : nil
    }
}
