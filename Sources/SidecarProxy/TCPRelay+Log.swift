import AccessLog
import NIOCore

extension TCPRelay {
    /// Writes the connection's lines, and remembers it when it has failed.
    func log() {
        guard !flags.isEmpty || !plan.logs.isEmpty else { return }
        var record = LogRecord()
        record.startTime = WallClock.time(of: start)
        record.duration = .nanoseconds((NIODeadline.now() - start).nanoseconds)
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
