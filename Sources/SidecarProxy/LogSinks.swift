import Glibc
import Observability
import ProxyConfiguration
import Synchronization

/// The files that access logs are written to, each by a thread of its own behind a bounded queue.
///
/// A loop never waits for a file: what does not fit into the queue is dropped and counted.
final class LogSinks: Sendable {
    private let sinks = Mutex<[AccessLog.Destination: LogSink]>([:])

    /// Makes the queue of `destination`, so that the first line need not.
    func open(_ destination: AccessLog.Destination) { _ = sink(destination) }

    /// Writes a line with its end.
    func write(_ line: [UInt8], to destination: AccessLog.Destination) { sink(destination)?.write(line) }

    /// Lines that were lost because files were too slow.
    var droppedLines: UInt64 { sinks.withLock { $0.values.reduce(0) { $0 &+ $1.droppedLines } } }

    /// Waits until everything is written, within `limit` for each file.
    func flush(within limit: Duration) {
        for sink in sinks.withLock({ Array($0.values) }) { _ = sink.flush(within: limit) }
    }

    private func sink(_ destination: AccessLog.Destination) -> LogSink? {
        sinks.withLock { sinks in
            if let sink = sinks[destination] { return sink }
            guard let descriptor = Self.descriptor(destination) else { return nil }
            let sink = LogSink(descriptor: descriptor)
            sinks[destination] = sink
            return sink
        }
    }

    private static func descriptor(_ destination: AccessLog.Destination) -> CInt? {
        switch destination {
        case .standardOutput: return STDOUT_FILENO
        case .standardError: return STDERR_FILENO
        case .file("/dev/stdout"): return STDOUT_FILENO
        case .file("/dev/stderr"): return STDERR_FILENO
        case .file(let path):
            // Safety: open reads the path as a C string that lives for the call.
            let descriptor = unsafe Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o644)
            return descriptor >= 0 ? descriptor : nil
        }
    }
}
