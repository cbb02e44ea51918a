import Glibc

/// A client that sends and receives bytes as they are, each call within 30 seconds, of which sanitizers need many.
///
/// One task may send while another one receives.
final class RawClient: @unchecked Sendable {
    private var descriptor: CInt

    init(port: Int) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        // Safety: the calls read structs of the size that they are told.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ClientError(code: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Closes now.
    func shut() { shutdown(descriptor, CInt(SHUT_RDWR)) }

    /// Ends the sending side and goes on receiving.
    func endSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Closes with a reset, as the system does for a program that died with answers unread.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        // Safety: the call reads a struct of the size that it is told.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close(descriptor)
        descriptor = -1
    }

    func send(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads `count` bytes, or until the end of the connection.
    func receive(count: Int) throws -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count {
            let most = min(chunk.count, count - bytes.count)
            let got = unsafe chunk.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, most, 0) }
            guard got >= 0 else { throw ClientError(code: errno) }
            guard got > 0 else { break }
            bytes += chunk.prefix(got)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads byte by byte up to and with `marker`.
    func receive(through marker: String) throws -> String {
        var text = ""
        while !text.hasSuffix(marker) {
            let byte = try receive(count: 1)
            guard !byte.isEmpty else { break }
            text += byte
        }
        return text
    }

    /// Reads until `marker` has come (and is the end of what came), or until the end of the connection.
    func receive(until marker: String? = nil) throws -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count >= 0 else { throw ClientError(code: errno) }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
            if let marker, bytes.count >= marker.utf8.count, bytes.suffix(marker.utf8.count).elementsEqual(marker.utf8)
            {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}

/// A call into the system failed.
struct ClientError: Error {
    let code: CInt
}
