import JSON
import Kubernetes

extension ValueRule {
    /// The value of a text, by type alone.
    func typed(_ text: String) throws(Violation) -> JSONValue {
        switch type {
        case .integer, .number, .port: return .number(try number(text))
        case .boolean: return .bool(try boolean(text))
        case .path: return .string(try path(text))
        case .enum: return .string(try listed(text))
        case .string:
            try require(
                text.unicodeScalars.allSatisfy { !$0.breaksLine },
                text,
                "is not one line without control characters"
            )
        case .text:
            try require(
                text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || !$0.isControl },
                text,
                "has control characters other than line feeds and tabs"
            )
        case .quantity: try quantity(text)
        case .duration: try require(TimeSpan(text) != nil, text, "is not a duration")
        case .name: try require(KubernetesName.isSubdomain(text), text, "is not a Kubernetes name")
        case .image: try require(ImageReference.isValid(text), text, "is not an image reference")
        case .list: throw Violation(code: .malformed, reason: "a list cannot be an item")
        }
        return .string(text)
    }

    private func require(_ condition: Bool, _ text: String, _ reason: String) throws(Violation) {
        guard condition else { throw Violation(code: .malformed, reason: "\(Quoted(text)) \(reason)") }
    }

    private func number(_ text: String) throws(Violation) -> JSONNumber {
        guard text.utf8.count <= 64, let number = JSONNumber(text), DecimalNumber(text) != nil else {
            throw Violation(code: .malformed, reason: "\(Quoted(text)) is not a number")
        }
        guard type != .number else { return number }
        guard let integer = number.integer else {
            throw Violation(code: .malformed, reason: "\(Quoted(text)) is not a whole number")
        }
        if type == .port, !(1...65535).contains(integer) {
            throw Violation(code: .outOfBounds, reason: "\(Quoted(text)) is not a port from 1 to 65535")
        }
        return number
    }

    private func boolean(_ text: String) throws(Violation) -> Bool {
        guard let value = Bool(text) else {
            throw Violation(code: .malformed, reason: "\(Quoted(text)) is neither true nor false")
        }
        return value
    }

    private func quantity(_ text: String) throws(Violation) {
        guard let quantity = Quantity(text) else {
            throw Violation(code: .malformed, reason: "\(Quoted(text)) is not a quantity")
        }
        guard quantity.nanos >= 0 else {
            throw Violation(code: .outOfBounds, reason: "\(Quoted(text)) is a negative quantity")
        }
    }

    private func listed(_ text: String) throws(Violation) -> String {
        guard values.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
            let nearest = NearestName.nearest(to: text, among: values)
            throw Violation(
                code: .notListed,
                reason: "\(Quoted(text)) is not one of \(values.joined(separator: ", "))",
                suggestion: nearest
            )
        }
        return text
    }

    private func path(_ text: String) throws(Violation) -> String {
        try require(text.utf8.first == UInt8(ascii: "/"), text, "is not an absolute path")
        let isClean = text.unicodeScalars.allSatisfy { !$0.breaksLine && $0 != ":" }
        try require(isClean, text, "has a control character or ':' in it")
        // By bytes, as the kernel does: a combining mark makes one character with the slash before it.
        let parts = text.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        try require(!parts.contains { $0.elementsEqual("..".utf8) }, text, "has '..' in it")
        try require(!parts.isEmpty, text, "is the root directory")
        return "/" + parts.map { String(Substring($0)) }.joined(separator: "/")
    }
}

extension ParameterType {
    /// What values of this type are compared by; nil when the text is none or the type has no order.
    func number(_ text: String) -> DecimalNumber? {
        switch self {
        case .integer, .number, .port: JSONNumber(text).flatMap { DecimalNumber($0.lexeme) }
        case .quantity: Quantity(text).map { DecimalNumber($0.nanos) }
        case .duration: TimeSpan(text).map { DecimalNumber($0.nanoseconds) }
        case .string, .text, .boolean, .enum, .path, .name, .image, .list: nil
        }
    }

    /// Whether a minimum and a maximum make sense.
    var isOrdered: Bool {
        switch self {
        case .integer, .number, .port, .quantity, .duration: true
        case .string, .text, .boolean, .enum, .path, .name, .image, .list: false
        }
    }

    /// Whether a pattern makes sense.
    var takesPattern: Bool {
        switch self {
        case .string, .text, .path, .name, .image: true
        case .integer, .number, .port, .quantity, .duration, .boolean, .enum, .list: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether the character is a control character (C0, DEL, C1).
    var isControl: Bool { properties.generalCategory == .control }

    /// Whether the character is a control character or what YAML 1.1 takes for the end of a line.
    var breaksLine: Bool { isControl || value == 0x2028 || value == 0x2029 }
}
