/// What kind of values a parameter takes.
public enum ParameterType: String, Sendable, CaseIterable {
    /// One line of text without control characters.
    case string
    /// Text with line breaks and tabs.
    case text
    /// A whole number of 64 bits.
    case integer
    /// A JSON number.
    case number
    /// `true` or `false`.
    case boolean
    /// One of the listed values.
    case `enum`
    /// A Kubernetes quantity such as `64Mi` or `250m`.
    case quantity
    /// A length of time such as `90s` or `1h30m`.
    case duration
    /// A port from 1 to 65535.
    case port
    /// An absolute path; it is cleaned.
    case path
    /// A name as Kubernetes objects have (RFC 1123 subdomain).
    case name
    /// A container image reference.
    case image
    /// Values of another type, separated by commas.
    case list
}
