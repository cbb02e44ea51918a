import AccessLog
import Glibc
import NIOCore

extension TCPRelay {
    /// Writes the connection's lines, and remembers it when it has failed.
    func log() {
        guard !flags.isEmpty || !plan.logs.isEmpty else { return }
        var record = LogRecord()
        let duration = NIODeadline.now() - start
        var time = timespec()
        // Safety: clock_gettime fills the structure that it is given.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        let wall = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        record.startTime = wall &- duration.nanoseconds
        record.duration = .nanoseconds(duration.nanoseconds)
        record.flags = flags
        record.bytesReceived = UInt64(bytesReceived)
        record.bytesSent = UInt64(bytesSent)
        record.attempts = attempts
        record.upstreamHost = upstreamHost.isEmpty ? nil : upstreamHost
        record.upstreamRemoteAddress = upstreamLocalAddress == nil ? nil : record.upstreamHost
        record.upstreamLocalAddress = upstreamLocalAddress
        record.upstreamTransportFailure = transportFailure
        record.upstreamCluster = cluster?.name
        record.connectionTerminationDetails = reason.isEmpty ? nil : reason
        record.connection = client.log
        plan.logs.write(record, to: worker.tables.sinks)
        guard !flags.isEmpty else { return }
        worker.remember(record, request: ByteBuffer(), reason: reason, authority: client.log.localAddress)
    }
}
