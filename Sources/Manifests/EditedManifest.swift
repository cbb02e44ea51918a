/// A manifest's text after edits.
public struct EditedManifest: Sendable, Equatable {
    /// A document that could not be edited in place and is written anew: what its author laid out is lost.
    public struct Rewrite: Sendable, Equatable {
        /// The number of the document in its file, counted from 0.
        public let index: Int
        /// Why, for a person to read.
        public let reason: String
    }

    /// The new text.
    public let bytes: [UInt8]
    /// The documents that are written anew, in order.
    public let rewrites: [Rewrite]
}
