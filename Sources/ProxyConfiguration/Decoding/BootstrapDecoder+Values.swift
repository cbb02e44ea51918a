import JSON
import Spelling

extension BootstrapDecoder {
    /// The members of a message; every one that `schema` does not have is reported with the nearest that it has.
    ///
    /// As in proto3's JSON mapping names may be written in `lowerCamelCase` too, and `null` means absent.
    mutating func message(_ node: ConfigurationNode, _ schema: MessageSchema) -> ConfigurationMessage? {
        guard let object = node.value.object else {
            report(.wrongType, node.pointer, "must be a mapping (\(schema.name))")
            return nil
        }
        var members: [String: ConfigurationNode] = [:]
        for member in object {
            let pointer = node.pointer.appending(member.key)
            let name = Self.protoName(member.key)
            if schema.knows(name) {
                guard !member.value.isNull else { continue }
                if members.updateValue(ConfigurationNode(value: member.value, pointer: pointer), forKey: name) != nil {
                    report(.duplicate, pointer, "the field is given twice")
                }
            } else if let refusal = schema.refusal(of: name) {
                report(.unsupported, pointer, "\(schema.name) field \"\(name)\" \(refusal)")
            } else {
                let known = schema.fieldNames
                let nearest = NearestName.nearest(to: name, among: known + schema.unsupported)
                let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "known: \(known.joined(separator: ", "))"
                report(.unknownField, pointer, "\(schema.name) has no field \"\(member.key)\"; \(hint)")
            }
        }
        return ConfigurationMessage(pointer: node.pointer, members: members)
    }

    /// The elements of a repeated field, each decoded; those that cannot be are left out.
    mutating func list<Element>(
        _ node: ConfigurationNode?,
        _ decode: (inout BootstrapDecoder, ConfigurationNode) -> Element?
    ) -> [Element] {
        guard let node else { return [] }
        guard node.value.array != nil else {
            report(.wrongType, node.pointer, "must be a list")
            return []
        }
        var result: [Element] = []
        for element in node.elements {
            if let decoded = decode(&self, element) { result.append(decoded) }
        }
        return result
    }

    /// A string.
    mutating func string(_ node: ConfigurationNode) -> String? {
        guard let string = node.value.string else {
            report(.wrongType, node.pointer, "must be a string")
            return nil
        }
        return string
    }

    /// A string that must be there and not be empty.
    mutating func name(_ field: String, in message: ConfigurationMessage) -> String? {
        guard let node = message[field] else {
            report(.missing, message.pointer, "\(field) is missing")
            return nil
        }
        guard let string = string(node) else { return nil }
        guard !string.isEmpty else {
            report(.invalidValue, node.pointer, "must not be empty")
            return nil
        }
        return string
    }

    /// A boolean; an absent one has the `standard` value.
    mutating func bool(_ node: ConfigurationNode?, standard: Bool) -> Bool {
        guard let node else { return standard }
        guard let bool = node.value.bool else {
            report(.wrongType, node.pointer, "must be true or false")
            return standard
        }
        return bool
    }

    /// An integer in `range`, also written as a string.
    mutating func integer(_ node: ConfigurationNode, in range: ClosedRange<Int>) -> Int? {
        guard let value = node.value.integer ?? node.value.string.flatMap({ Int($0) }) else {
            report(.wrongType, node.pointer, "must be an integer")
            return nil
        }
        guard range.contains(value) else {
            report(.invalidValue, node.pointer, "\(value) is not in \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// One of the names of an enumeration; others are refused with the nearest.
    mutating func choice(_ node: ConfigurationNode, _ supported: [String], unsupported: [String] = []) -> String? {
        guard let string = string(node) else { return nil }
        guard !supported.contains(string) else { return string }
        guard !unsupported.contains(string) else {
            report(
                .unsupported,
                node.pointer,
                "\(string) is not supported; use \(supported.joined(separator: ", "))"
            )
            return nil
        }
        let nearest = NearestName.nearest(to: string, among: supported)
        let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "use \(supported.joined(separator: ", "))"
        report(.invalidValue, node.pointer, "\"\(string)\" is not allowed; \(hint)")
        return nil
    }

    /// `camelCase` as `snake_case`; what is in snake case already stays.
    static func protoName(_ key: String) -> String {
        guard key.utf8.contains(where: { 0x41...0x5A ~= $0 }) else { return key }
        var name: [UInt8] = []
        for byte in key.utf8 {
            if 0x41...0x5A ~= byte { name += [UInt8(ascii: "_"), byte | 0x20] } else { name.append(byte) }
        }
        return String(decoding: name, as: UTF8.self)
    }
}
