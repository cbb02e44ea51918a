/// Expands `$(NAME)` as the kubelet does in `command`, `args` and `env` (Kubernetes: third_party/forked/golang/expansion).
enum KubeletExpansion {
    /// The text with every reference to a variable of `values` replaced; references to others stay as they are.
    static func expand(_ text: String, _ values: [String: String]) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
                result.append(bytes[index])
                index += 1
                continue
            }
            switch bytes[index + 1] {
            case UInt8(ascii: "$"):
                result.append(bytes[index])
                index += 2
            case UInt8(ascii: "("):
                guard let close = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: ")")) else {
                    result += [bytes[index], bytes[index + 1]]
                    index += 2
                    continue
                }
                let name = String(decoding: bytes[(index + 2)..<close], as: UTF8.self)
                result += Array((values[name] ?? "$(\(name))").utf8)
                index = close + 1
            default:
                result += [bytes[index], bytes[index + 1]]
                index += 2
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
