import NIOCore

/// What an event loop does with a review that is at hand.
enum LoopVerdict {
    /// It is answered.
    case answer
    /// It is answered when everything that the sockets had in this turn is dealt with, so that a refusal does not wait
    /// for it.
    case answerAfterTurn
    /// It is refused; its connection may ask again when the future completes.
    case refuse(until: EventLoopFuture<Void>)
}
