import Foundation
import Synchronization

/// A name server on a loopback port that answers from a table.
final class FakeNameServer: Sendable {
    /// What it says of a name.
    enum Reply: Sendable {
        /// These records: their type, time to live and data; an alias in front of them when it is named.
        case records([(type: UInt16, ttl: UInt32, data: [UInt8])], alias: UInt32? = nil)
        /// This response code: 2 is a failure, 3 no such name.
        case code(UInt8)
        /// Nothing.
        case silence
        /// Bytes behind a header that promises a record.
        case garbage([UInt8])
    }

    let port: UInt16
    private let descriptor: Int32
    private let replies: [String: Reply]
    private let state = Mutex((isStopped: false, questions: [String]()))

    /// Starts the server; `replies` are found by `TYPE name`, such as `1 app.example`.
    init(_ replies: [String: Reply]) throws {
        self.replies = replies
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var patience = timeval(tv_sec: 0, tv_usec: 50_000)
        let descriptor = descriptor
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.serve() }
    }

    /// What was asked, as `TYPE name`.
    var questions: [String] { state.withLock { $0.questions } }

    /// Ends the server.
    func stop() { state.withLock { $0.isStopped = true } }

    private func serve() {
        var buffer = [UInt8](repeating: 0, count: 2048)
        while !state.withLock({ $0.isStopped }) {
            var peer = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
                }
            }
            guard count > 12, let reply = answer(Array(buffer[..<count])) else { continue }
            _ = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe sendto(descriptor, reply, reply.count, 0, $0, length)
                }
            }
        }
        close(descriptor)
    }

    private func answer(_ query: [UInt8]) -> [UInt8]? {
        var labels: [String] = []
        var index = 12
        while index < query.count, query[index] != 0 {
            let end = index + 1 + Int(query[index])
            labels.append(String(decoding: query[(index + 1)..<end], as: UTF8.self))
            index = end
        }
        let question = Array(query[12..<index + 5])
        let key = "\(query[index + 2]) \(labels.joined(separator: "."))"
        state.withLock { $0.questions.append(key) }
        let header = Array(query[..<2])
        switch replies[key] ?? .code(3) {
        case .silence: return nil
        case .code(let code): return header + [0x81, 0x80 | code, 0, 1, 0, 0, 0, 0, 0, 0] + question
        case .garbage(let bytes): return header + [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + question + bytes
        case .records(let records, let alias):
            var body: [UInt8] = []
            if let alias { body += [0xC0, 12, 0, 5, 0, 1] + Self.bytes(alias) + [0, 3, 1, 0x78, 0] }
            for record in records {
                body += [0xC0, 12, 0, UInt8(record.type), 0, 1] + Self.bytes(record.ttl)
                body += [0, UInt8(record.data.count)] + record.data
            }
            let count = UInt8(records.count + (alias == nil ? 0 : 1))
            return header + [0x81, 0x80, 0, 1, 0, count, 0, 0, 0, 0] + question + body
        }
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
