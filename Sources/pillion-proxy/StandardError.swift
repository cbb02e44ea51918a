import Glibc

/// Writes for people.
enum StandardError {
    /// Writes a line to standard error.
    static func print(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

    /// Writes text to a descriptor; what cannot be written is lost.
    static func write(_ text: String, to descriptor: CInt) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            // Safety: the pointer is used within the call and with the count of its buffer.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
