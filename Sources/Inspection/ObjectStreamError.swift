/// Why a stream of JSON objects cannot be read, and where.
package struct ObjectStreamError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Code: String, Sendable {
        /// The stream ended inside an object.
        case unexpectedEnd
        /// Something stands where an object or a list of objects has to.
        case unexpectedByte
        /// One object has more bytes than the limit.
        case tooLarge
        /// An object is not JSON.
        case syntax
        /// Lists are nested too deeply.
        case tooDeep
    }

    /// What is wrong.
    package let code: Code
    /// A sentence for people: what happened, to what, what to do.
    package let reason: String
    /// The byte of the stream at or after which it was noticed, counted from 0.
    package let offset: Int
}
