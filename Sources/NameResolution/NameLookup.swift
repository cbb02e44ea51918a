/// Looks names up, and blocks until it is done.
public protocol NameLookup: Sendable {
    /// Looks up what `question` asks for.
    ///
    /// - Parameters:
    ///   - question: The name and the kinds of addresses.
    ///   - deadline: When to give up; what is under way then may take some seconds more.
    /// - Returns: At least one address.
    /// - Throws: `NameResolutionError`, when there is none.
    func lookUp(_ question: NameQuestion, until deadline: ContinuousClock.Instant) throws(NameResolutionError)
        -> NameAnswer
}
