/// Why a pattern cannot be used.
struct PatternError: Error, Equatable {
    /// A sentence for people.
    let reason: String
    /// The character at which it was noticed, counted from 0.
    let offset: Int
}
