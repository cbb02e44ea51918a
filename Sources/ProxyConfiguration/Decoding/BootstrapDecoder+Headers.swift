extension BootstrapDecoder {
    /// The header changes of a message that has all four lists.
    mutating func headerMutations(_ message: ConfigurationMessage) -> HeaderMutations {
        var mutations = HeaderMutations()
        mutations.requestAdditions = headerAdditions(message["request_headers_to_add"])
        mutations.requestRemovals = headerRemovals(message["request_headers_to_remove"])
        mutations.responseAdditions = headerAdditions(message["response_headers_to_add"])
        mutations.responseRemovals = headerRemovals(message["response_headers_to_remove"])
        return mutations
    }

    /// A list of `core.v3.HeaderValueOption`.
    mutating func headerAdditions(_ node: ConfigurationNode?) -> [HeaderValueOption] {
        let all: [HeaderValueOption] = list(node) { decoder, node in decoder.headerAddition(node) }
        if all.count > 1000, let node { report(.invalidValue, node.pointer, "has more than 1000 elements") }
        return all
    }

    private mutating func headerAddition(_ node: ConfigurationNode) -> HeaderValueOption? {
        guard let message = message(node, .headerValueOption), let header = required("header", in: message),
            let fields = self.message(header, .headerValue), let name = headerName("key", in: fields)
        else { return nil }
        guard Self.mayChange(name) else {
            report(
                .invalidValue,
                fields["key"]?.pointer ?? header.pointer,
                "\"\(name)\" must not be changed: pseudo-headers, host and framing headers belong to the proxy"
            )
            return nil
        }
        var value = ""
        read(fields["value"], into: &value)
        if let field = fields["value"] {
            guard Self.isFieldValue(value) else {
                report(.invalidValue, field.pointer, "has bytes that a header must not have")
                return nil
            }
            guard value.utf8.count <= 16_384 else {
                report(.invalidValue, field.pointer, "is longer than 16384 bytes")
                return nil
            }
            guard checkFormat(value, at: field) else { return nil }
        }
        var option = HeaderValueOption(name, value)
        if let node = message["append"] {
            if message["append_action"] != nil {
                report(.duplicate, node.pointer, "give either append_action or append")
            }
            option.action = bool(node, standard: true) ? .appendIfExistsOrAdd : .overwriteIfExistsOrAdd
        }
        read(message["append_action"], into: &option.action)
        read(message["keep_empty_value"], into: &option.keepsEmptyValue)
        return option
    }

    /// Names of headers that are removed.
    mutating func headerRemovals(_ node: ConfigurationNode?) -> [String] {
        list(node) { decoder, node in
            guard let name = decoder.string(node) else { return nil }
            guard Self.isToken(name), Self.mayChange(name) else {
                let reason =
                    Self.isToken(name)
                    ? "\"\(name)\" must not be removed: host and framing headers belong to the proxy"
                    : "\"\(name)\" is not the name of a header that can be removed"
                decoder.report(.invalidValue, node.pointer, reason)
                return nil
            }
            return name
        }
    }

    /// The name of a header or pseudo-header.
    mutating func headerName(_ field: String, in message: ConfigurationMessage) -> String? {
        guard let name = name(field, in: message), let node = message[field] else { return nil }
        let token = name.utf8.first == UInt8(ascii: ":") ? String(name.dropFirst()) : name
        guard Self.isToken(token) else {
            report(.invalidValue, node.pointer, "\"\(name)\" is not the name of a header")
            return nil
        }
        return name
    }

    /// Whether files may change a header: not what frames and routes messages.
    private static func mayChange(_ name: String) -> Bool {
        let fixed = ["host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"]
        return name.utf8.first != UInt8(ascii: ":") && !fixed.contains(name.lowercased())
    }

    /// Whether `text` is a token of RFC 9110 section 5.6.2.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
                default: false
                }
            }
    }

    /// Whether `text` can stand in a header's value: RFC 9110 section 5.5, without control bytes other than tab.
    static func isFieldValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }
    }
}
