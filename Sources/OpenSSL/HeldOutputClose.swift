import NIOCore

/// A request to end the output, kept until what was written before it can be sent.
struct HeldOutputClose {
    /// Told when the output has ended.
    var promise: EventLoopPromise<Void>?
}
