import JSON

extension BootstrapDecoder {
    /// A `route.v3.RedirectAction`.
    mutating func redirect(_ node: ConfigurationNode) -> RedirectAction? {
        guard let message = message(node, .redirect) else { return nil }
        var redirect = RedirectAction()
        if let (field, value) = oneOf(["https_redirect", "scheme_redirect"], in: message) {
            if field == "https_redirect" {
                redirect.scheme = bool(value, standard: false) ? "https" : nil
            } else if let scheme = choice(value, ["http", "https", ""]), !scheme.isEmpty {
                redirect.scheme = scheme
            }
        }
        redirect.host = message["host_redirect"].flatMap { host($0) }
        var port = 0
        read(message["port_redirect"], in: 0...65_535, into: &port)
        redirect.port = port == 0 ? nil : UInt16(clamping: port)
        readPath(message, into: &redirect)
        if let field = message["response_code"] {
            let statuses: KeyValuePairs = [
                "MOVED_PERMANENTLY": 301, "FOUND": 302, "SEE_OTHER": 303, "TEMPORARY_REDIRECT": 307,
                "PERMANENT_REDIRECT": 308,
            ]
            let name = choice(field, statuses.map(\.key))
            redirect.status = statuses.first { $0.key == name }?.value ?? 301
        }
        read(message["strip_query"], into: &redirect.stripsQuery)
        return redirect
    }

    private mutating func readPath(_ message: ConfigurationMessage, into redirect: inout RedirectAction) {
        let names = ["path_redirect", "prefix_rewrite", "regex_rewrite"]
        guard let (field, value) = oneOf(names, in: message) else { return }
        if field == "regex_rewrite" {
            if let rewrite = regexRewrite(value) { redirect.path = .regex(rewrite) }
            return
        }
        guard let text = string(value), !text.isEmpty else { return }
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            report(.invalidValue, value.pointer, "has bytes that a URL must not have; escape them with %")
            return
        }
        redirect.path = field == "path_redirect" ? .replaced(text) : .prefix(text)
    }
}
