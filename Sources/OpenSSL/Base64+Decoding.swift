import COpenSSL

extension Base64 {
    /// The bytes that `text` encodes; nil when it is not Base64 with its padding, line breaks included.
    public static func decode(_ text: String) -> [UInt8]? {
        let input = Array(text.utf8)
        guard !input.isEmpty else { return [] }
        guard input.count.isMultiple(of: 4), input.count <= maximumBytes else { return nil }
        let padding = input.suffix(2).count { $0 == UInt8(ascii: "=") }
        // EVP_DecodeBlock skips white space around the text and takes "=" anywhere.
        guard input.dropLast(padding).allSatisfy(isDigit) else { return nil }
        let capacity = input.count / 4 * 3
        var length: Int32 = -1
        // Safety: EVP_DecodeBlock reads the input's count and writes three bytes for four of it, for which there is room.
        var output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            (length, _) = ErrorQueue.collecting {
                unsafe input.withUnsafeBufferPointer { input in
                    let count = Int32(truncatingIfNeeded: input.count)
                    return unsafe EVP_DecodeBlock(output.baseAddress, input.baseAddress, count)
                }
            }
            count = max(0, min(capacity, Int(length)))
        }
        guard Int(length) == capacity else { return nil }
        output.removeLast(padding)
        return output
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
