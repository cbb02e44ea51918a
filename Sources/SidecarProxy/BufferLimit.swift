import NIOCore

/// How much may wait to be sent on a connection before the other side is not read any more:
/// `per_connection_buffer_limit_bytes`.
///
/// It is soft: what was read already, at most 128 KiB, still comes on top.
struct BufferLimit {
    /// Full above the limit, free again below half of it.
    let waterMark: ChannelOptions.Types.WriteBufferWaterMark

    /// A limit in bytes, from 1.
    init(bytes: Int) {
        let high = max(1, bytes)
        waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: max(1, high / 2), high: high)
    }

    /// Has `channel` heed the limit; call it on its event loop.
    func apply(to channel: any Channel) throws {
        try channel.syncOptions?.setOption(.writeBufferWaterMark, value: waterMark)
    }
}
