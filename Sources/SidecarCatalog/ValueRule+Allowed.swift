extension ValueRule {
    /// A phrase that says what is allowed.
    var allowed: String {
        let suffix = pattern.map { " matching \($0.text)" } ?? ""
        return kind + range + suffix
    }

    private var kind: String {
        switch type {
        case .string: "one line of text"
        case .text: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .enum: "one of " + values.joined(separator: ", ")
        case .quantity: "a quantity such as 250m or 64Mi"
        case .duration: "a duration such as 90s or 1h30m"
        case .port: "a port"
        case .path: "an absolute path below / without '..'"
        case .name: "a Kubernetes name (lower-case letters, digits, '-' and '.')"
        case .image: "an image reference such as registry.example/team/name:1.2.3"
        case .list: "a list"
        }
    }

    private var range: String {
        let isPort = type == .port
        let (low, high) = (minimum?.text ?? (isPort ? "1" : nil), maximum?.text ?? (isPort ? "65535" : nil))
        return switch (low, high) {
        case (let low?, let high?): " from \(low) to \(high)"
        case (let low?, nil): " of at least \(low)"
        case (nil, let high?): " of at most \(high)"
        case (nil, nil): ""
        }
    }
}
