/// Decides what a scalar means, as sigs.k8s.io/yaml over go-yaml v2 does.
///
/// | spelling (plain, without a tag) | meaning |
/// |---|---|
/// | nothing, `~`, `null`, `Null`, `NULL` | null |
/// | `y`, `yes`, `on`, `true`, `n`, `no`, `off`, `false`, each also capitalised or in capitals | boolean |
/// | `12`, `+12`, `1_000`, `0x1F`, `0b101`, `0o17`, `017` | whole number |
/// | `1.5`, `.5`, `1.`, `1e3` | number |
/// | `.inf`, `.nan` with a sign or in capitals | a number that JSON does not have: refused |
/// | `12:30:45`, `2001-01-01`, numbers out of range, all else | string |
enum YAMLScalarResolver {
    /// Why a scalar's tag does not fit it.
    enum Failure: Error {
        /// The tag is not one of YAML's own scalar tags.
        case unknownTag
        /// The value is not what the tag says.
        case mismatch
    }

    private static let prefix = "tag:yaml.org,2002:"

    private static let words: [String: ResolvedScalar] = {
        var words: [String: ResolvedScalar] = [:]
        for word in ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"] {
            words[word] = .bool(true)
        }
        for word in ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"] {
            words[word] = .bool(false)
        }
        for word in ["", "~", "null", "Null", "NULL"] { words[word] = .null }
        for word in [".nan", ".NaN", ".NAN"] { words[word] = .float(.nan, spelling: word) }
        for word in [".inf", ".Inf", ".INF"] {
            words[word] = .float(.infinity, spelling: word)
            words["+" + word] = .float(.infinity, spelling: "+" + word)
            words["-" + word] = .float(-.infinity, spelling: "-" + word)
        }
        return words
    }()

    /// The meaning of `scalar`.
    static func resolve(_ scalar: YAMLScalar) throws(Failure) -> ResolvedScalar {
        guard let tag = scalar.tag, tag != "!" else {
            return scalar.isImplicit ? plain(scalar.value) : .string(scalar.value)
        }
        guard tag.hasPrefix(prefix) else { throw .unknownTag }
        switch (tag.dropFirst(prefix.count), plain(scalar.value)) {
        case ("str", _): return .string(scalar.value)
        case ("merge", _) where scalar.value == "<<": return .string(scalar.value)
        case ("timestamp", _):
            // A date stays a string; Go wants year, month and day.
            guard scalar.value.utf8.prefix(while: { $0 != UInt8(ascii: "-") }).count == 4 else { throw .mismatch }
            return .string(scalar.value)
        case ("binary", _):
            guard let bytes = Base64Text.decode(scalar.value) else { throw .mismatch }
            return .string(String(decoding: bytes, as: UTF8.self))
        case ("null", .null): return .null
        case ("bool", .bool(let bool)): return .bool(bool)
        case ("int", .integer(let value, let spelling)): return .integer(value, spelling: spelling)
        case ("int", .unsigned(let value, let spelling)): return .unsigned(value, spelling: spelling)
        case ("float", .float(let value, let spelling)): return .float(value, spelling: spelling)
        case ("float", .integer(let value, let spelling)): return .float(Double(value), spelling: spelling)
        case ("null", _), ("bool", _), ("int", _), ("float", _): throw .mismatch
        default: throw .unknownTag
        }
    }

    /// The meaning of a plain scalar that is spelled `text`.
    static func plain(_ text: String) -> ResolvedScalar {
        if let word = words[text] { return word }
        switch text.utf8.first ?? 0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            return YAMLNumber.parse(text) ?? .string(text)
        case UInt8(ascii: "."):
            return YAMLNumber.parseFraction(text) ?? .string(text)
        default:
            return .string(text)
        }
    }
}
