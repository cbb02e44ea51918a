public import JSON
public import OpenSSL

/// Looks at the webhooks of a MutatingWebhookConfiguration or ValidatingWebhookConfiguration
/// (admissionregistration.k8s.io/v1) that call Pillion.
public struct WebhookConfigurationCheck: Sendable {
    /// The kinds that hold webhooks.
    private static let kinds = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]

    private let chain: CertificateChain?
    private let path: String

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - chain: What the webhook serves with; nil when it could not be read.
    ///   - path: The file of the chain, for messages.
    public init(chain: CertificateChain?, path: String) {
        self.chain = chain
        self.path = path
    }

    /// Whether an object is one that this looks at.
    public static func concerns(_ object: JSONValue) -> Bool {
        kinds.contains(object["kind"]?.string ?? "")
    }

    /// Looks at every webhook of an object.
    ///
    /// - Parameters:
    ///   - object: The configuration.
    ///   - place: Where it is written.
    /// - Returns: The results, those of each webhook named after it.
    public func run(_ object: JSONValue, at place: String) -> [CheckResult] {
        let isMutating = object["kind"]?.string == Self.kinds[0]
        let webhooks = object["webhooks"]?.array ?? []
        return webhooks.flatMap { webhook in
            let name = Excerpt.cut(webhook["name"]?.string ?? place, to: 120)
            let target = WebhookTarget(webhook)
            return [
                authority(webhook, name), names(target, name), target.check(isMutating: isMutating, name),
                rules(webhook, target, name),
            ].compactMap(\.self) + WebhookPolicyCheck(webhook, target: target, name: name).results
        }
    }

    private func authority(_ webhook: JSONValue, _ name: String) -> CheckResult {
        let hint = "put in the authority of the serving certificate, base 64 of PEM"
        func failed(_ detail: String) -> CheckResult {
            CheckResult(.webhookAuthority, .failed, name, detail, hint: hint)
        }
        guard let text = webhook["clientConfig"]?["caBundle"]?.string, !text.isEmpty else {
            let detail = "there is no caBundle, so the API server goes by its system's authorities"
            return CheckResult(.webhookAuthority, .warned, name, detail, hint: hint)
        }
        guard let pem = Base64.decode(text) else { return failed("the caBundle is not base 64") }
        let bundle: CertificateChain
        do throws(OpenSSLError) {
            bundle = try CertificateChain(pem: pem)
        } catch {
            return failed("the caBundle: \(error.reason)")
        }
        guard let chain else {
            return CheckResult(.webhookAuthority, .skipped, name, "the serving certificate could not be read")
        }
        let isVerified = chain.certificates.contains { certificate in
            bundle.certificates.contains { $0 == certificate || certificate.isSigned(by: $0) }
        }
        guard isVerified else {
            return failed("no certificate of the caBundle has signed \(chain.leaf.subject) of \(path)")
        }
        return CheckResult(.webhookAuthority, .passed, name, "")
    }

    private func names(_ target: WebhookTarget, _ name: String) -> CheckResult {
        guard let chain else {
            return CheckResult(.tlsNames, .skipped, name, "the serving certificate could not be read")
        }
        guard let host = target.host else {
            return CheckResult(.tlsNames, .skipped, name, "clientConfig names neither a service nor a URL")
        }
        let names = chain.leaf.alternativeNames
        let known = names.dnsNames + names.ipAddresses
        guard known.contains(where: { Self.matches($0, host) }) else {
            let list = known.isEmpty ? "no name" : known.prefix(8).joined(separator: ", ")
            let hint = "issue it for \(host); a common name does not count"
            return CheckResult(.tlsNames, .failed, name, "it is called as \(host) and has \(list)", hint: hint)
        }
        return CheckResult(.tlsNames, .passed, name, "")
    }

    /// Whether a name in a certificate stands for a host (RFC 9525 section 6.3): a wildcard for one whole label.
    private static func matches(_ pattern: String, _ host: String) -> Bool {
        let (pattern, host) = (pattern.lowercased(), host.lowercased())
        guard pattern.hasPrefix("*.") else { return pattern == host }
        return host.drop { $0 != "." } == pattern.dropFirst()
    }

    private func rules(_ webhook: JSONValue, _ target: WebhookTarget, _ name: String) -> CheckResult? {
        guard let path = target.path, let wanted = WebhookTarget.operations[path] else { return nil }
        let rules = webhook["rules"]?.array ?? []
        let isServed = rules.contains { rule in
            let resources = rule["resources"]?.array?.compactMap(\.string) ?? []
            let operations = rule["operations"]?.array?.compactMap(\.string) ?? []
            return resources.contains { path == "/advise" || $0 == "pods" || $0 == "*" || $0 == "*/*" }
                && operations.contains { wanted.contains($0) || $0 == "*" }
        }
        guard !isServed else { return CheckResult(.webhookRules, .passed, name, "") }
        let what = path == "/advise" ? "workloads" : "pods"
        let detail = "no rule sends the \(wanted.joined(separator: " or ")) of \(what) to \(path)"
        return CheckResult(.webhookRules, .failed, name, detail, hint: "add a rule, as `--print-manifests` has it")
    }
}
