/// Keys and values of labels
/// (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set).
extension KubernetesName {
    /// Whether `key` is a qualified name: at most 63 letters, digits, `-`, `_` and `.`, after a subdomain and a `/` or
    /// alone.
    package static func isQualified(_ key: String) -> Bool {
        guard let slash = key.utf8.firstIndex(of: UInt8(ascii: "/")) else { return isLabelText(key[...]) }
        return isSubdomain(String(key[..<slash])) && isLabelText(key[key.utf8.index(after: slash)...])
    }

    /// Whether `value` may be the value of a label: empty, or spelled as the name of one.
    package static func isLabelValue(_ value: String) -> Bool {
        value.isEmpty || isLabelText(value[...])
    }

    private static func isLabelText(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= maximumLabelLength else {
            return false
        }
        return first.isAlphanumeric && last.isAlphanumeric
            && text.utf8.allSatisfy {
                $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
            }
    }
}
