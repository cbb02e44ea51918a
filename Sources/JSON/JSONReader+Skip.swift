extension JSONReader {
    /// Goes past a value that nobody wants, of at most `levels` nested arrays and objects, and checks it like any other.
    mutating func skipValue(of text: Span<UInt8>, levels: Int) throws(JSONError) {
        // Whether each open container is an object, the innermost last.
        var open: [Bool] = []
        while true {
            skipWhitespace(of: text)
            let byte = try peek(text)
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard open.count < levels else { throw error(.tooDeep, "too many levels of nesting") }
                let isObject = byte == UInt8(ascii: "{")
                advance()
                skipWhitespace(of: text)
                guard consume(UInt8(ascii: isObject ? "}" : "]"), of: text) else {
                    open.append(isObject)
                    if isObject { try skipName(of: text) }
                    continue
                }
            case UInt8(ascii: "\""): try skipString(of: text)
            default: _ = try scalar(startingWith: byte, of: text)
            }
            // A value is complete: go past what follows it, which may complete what contains it as well.
            while let isObject = open.last {
                skipWhitespace(of: text)
                let byte = try next(text)
                if byte == UInt8(ascii: ",") {
                    if isObject { try skipName(of: text) }
                    break
                }
                guard byte == UInt8(ascii: isObject ? "}" : "]") else {
                    let expected = isObject ? "',' or '}' after an object member" : "',' or ']' after an array element"
                    throw previousError(.unexpectedByte, "expected \(expected)")
                }
                open.removeLast()
            }
            if open.isEmpty { return }
        }
    }

    private mutating func skipName(of text: Span<UInt8>) throws(JSONError) {
        skipWhitespace(of: text)
        guard try peek(text) == UInt8(ascii: "\"") else {
            throw error(.unexpectedByte, "expected a member name in double quotes")
        }
        try skipString(of: text)
        skipWhitespace(of: text)
        guard try next(text) == UInt8(ascii: ":") else {
            throw previousError(.unexpectedByte, "expected ':' after a member name")
        }
    }

    private mutating func skipString(of text: Span<UInt8>) throws(JSONError) {
        advance()
        while true {
            switch try skipRun(of: text) {
            case UInt8(ascii: "\""):
                advance()
                return
            case UInt8(ascii: "\\"):
                advance()
                try skipEscape(of: text)
            default:
                throw error(.controlCharacter, "a control character in a string is not escaped")
            }
        }
    }
}
