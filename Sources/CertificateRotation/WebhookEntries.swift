import JSON
import OpenSSL

/// The entries of a webhook configuration that call our Service, and the authorities that they trust.
struct WebhookEntries: Sendable {
    /// One entry.
    struct Entry: Sendable {
        /// Its place in `webhooks`.
        let index: Int
        /// Its name, which a patch tests.
        let name: String
        /// The certificates in its `caBundle`; none for one that makes no sense.
        let authorities: [Certificate]
        /// Their fingerprints.
        let trusted: Set<String>

        /// Reads an entry.
        init(index: Int, name: String, bundle: String?) {
            self.index = index
            self.name = name
            let chain = bundle.flatMap { Base64.decode($0) }.flatMap { try? CertificateChain(pem: $0) }
            authorities = chain?.certificates ?? []
            trusted = Set(authorities.map(\.fingerprint))
        }
    }

    /// The entries that call our Service.
    let entries: [Entry]
    private let resourceVersion: String?

    /// Reads a MutatingWebhookConfiguration or ValidatingWebhookConfiguration.
    init(configuration: JSONValue, service: ServiceReference) {
        resourceVersion = configuration["metadata"]?["resourceVersion"]?.string
        entries = (configuration["webhooks"]?.array ?? []).enumerated().compactMap { index, webhook in
            let client = webhook["clientConfig"]
            guard let name = webhook["name"]?.string, client?["service"]?["name"]?.string == service.name,
                client?["service"]?["namespace"]?.string == service.namespace
            else { return nil }
            return Entry(index: index, name: name, bundle: client?["caBundle"]?.string)
        }
    }

    /// Whether every entry trusts an authority.
    func trusts(_ fingerprint: String) -> Bool {
        entries.allSatisfy { $0.trusted.contains(fingerprint) }
    }

    /// The patch after which every entry trusts `certificates` and no others; nil when they do.
    ///
    /// It holds for the configuration that was read: it names its resource version, and tests the name of each entry
    /// that it changes. Entries of others are not touched.
    func patch(trusting certificates: [Certificate]) throws(OpenSSLError) -> JSONPatch? {
        let wanted = Set(certificates.map(\.fingerprint))
        let wrong = entries.filter { $0.trusted != wanted }
        guard !wrong.isEmpty else { return nil }
        var pem: [UInt8] = []
        for certificate in certificates { pem += try certificate.pem() }
        let bundle = JSONValue.string(String(decoding: try Base64.encode(pem), as: UTF8.self))
        var operations: [JSONPatch.Operation] = []
        if let resourceVersion {
            // The server refuses an object of another version than the present one with 409.
            let path = JSONPointer(["metadata", "resourceVersion"])
            operations.append(.replace(path: path, value: .string(resourceVersion)))
        }
        for entry in wrong {
            let webhook = JSONPointer(["webhooks"]).appending(entry.index)
            operations.append(.test(path: webhook.appending("name"), value: .string(entry.name)))
            operations.append(.add(path: webhook.appending("clientConfig").appending("caBundle"), value: bundle))
        }
        return JSONPatch(operations)
    }
}
