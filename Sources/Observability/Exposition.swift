/// Writes the Prometheus text exposition format, version 0.0.4.
public struct Exposition {
    /// The content type of the format.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The bytes written so far.
    public private(set) var bytes: [UInt8] = []

    /// Makes an empty exposition.
    public init() {}

    /// Writes the HELP and TYPE lines that come before the samples of a family.
    public mutating func begin(family name: MetricName, help: String, kind: MetricKind) {
        append("# HELP \(name.text) ")
        appendEscaped(help, quote: false)
        append("\n# TYPE \(name.text) \(kind.rawValue)\n")
    }

    /// Writes a sample with a whole value.
    public mutating func write(
        _ name: MetricName,
        suffix: String = "",
        labels: [(name: MetricName, value: String)],
        value: UInt64
    ) {
        writeSample(name, suffix, labels, "\(value)")
    }

    /// Writes a sample.
    public mutating func write(
        _ name: MetricName,
        suffix: String = "",
        labels: [(name: MetricName, value: String)],
        value: Double
    ) {
        writeSample(name, suffix, labels, Self.text(of: value))
    }

    /// A number as the format writes it: `+Inf`, `-Inf`, `NaN`, whole numbers without a fraction.
    static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }

    private mutating func writeSample(
        _ name: MetricName,
        _ suffix: String,
        _ labels: [(name: MetricName, value: String)],
        _ value: String
    ) {
        append(name.text)
        append(suffix)
        if !labels.isEmpty {
            var separator = "{"
            for label in labels {
                append("\(separator)\(label.name.text)=\"")
                appendEscaped(label.value, quote: true)
                append("\"")
                separator = ","
            }
            append("}")
        }
        append(" \(value)\n")
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Backslash and line feed are escaped everywhere, the double quote in label values alone.
    private mutating func appendEscaped(_ text: String, quote: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\"") where quote: append("\\\"")
            default: bytes.append(byte)
            }
        }
    }
}
