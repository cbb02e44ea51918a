import AccessLog
import ProxyConfiguration

/// A header that is added, with its format string compiled.
struct HeaderAddition: Sendable {
    private enum Value: Sendable {
        case text([UInt8])
        case format(LogFormat)
    }

    /// The name as it was written.
    let name: [UInt8]
    /// The name in lower case.
    let folded: [UInt8]
    let action: HeaderValueOption.AppendAction
    let keepsEmptyValue: Bool
    private let value: Value

    /// Prepares an addition, or nil for a format that cannot be compiled, which a checked configuration does not have.
    init?(_ option: HeaderValueOption, _ fields: inout LogFields) {
        name = Array(option.name.utf8)
        folded = option.name.foldedBytes
        action = option.action
        keepsEmptyValue = option.keepsEmptyValue
        guard option.value.utf8.contains(0x25) else {
            value = .text(Array(option.value.utf8))
            return
        }
        let environment = LogEnvironment(hostname: "")
        guard
            let format = try? LogFormat(
                text: option.value,
                omitsEmpty: true,
                fields: &fields,
                environment: environment
            )
        else { return nil }
        value = .format(format)
    }

    /// The value for a request; bytes that a header must not have become `_`.
    func value(_ record: borrowing LogRecord) -> [UInt8] {
        switch value {
        case .text(let text): return text
        case .format(let format):
            var out: [UInt8] = []
            format.render(record, into: &out)
            for index in out.indices where out[index] < 0x20 && out[index] != 0x09 || out[index] == 0x7F {
                out[index] = 0x5F
            }
            return out
        }
    }
}
