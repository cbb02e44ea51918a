import ProxyConfiguration
import ProxyHeaders
import Testing

@Suite struct ForwardedClientCertificateTests {
    private let certificate = ClientCertificate(
        sha256: "ab12",
        subject: "CN=a \"b\"\\,O=x\n",
        uriNames: ["spiffe://t/ns/a", "urn:x"],
        dnsNames: ["a.example", "b;c,d"],
        pem: "-----BEGIN\nA+/=\n",
        chainPEM: "C"
    )

    @Test(
        "What a client sends is believed over mutual TLS only, and as configured",
        arguments: [
            (.sanitize, true, .remove), (.sanitize, false, .remove), (.forwardOnly, true, .keep),
            (.forwardOnly, false, .remove), (.appendForward, true, .append), (.appendForward, false, .remove),
            (.sanitizeSet, true, .replace), (.sanitizeSet, false, .remove), (.alwaysForwardOnly, true, .keep),
            (.alwaysForwardOnly, false, .keep),
        ] as [(ForwardedClientCertificate.Action, Bool, ForwardedClientCertificate.Treatment)]
    )
    func treatment(
        action: ForwardedClientCertificate.Action,
        isMutual: Bool,
        expected: ForwardedClientCertificate.Treatment
    ) {
        var settings = ForwardedClientCertificate()
        settings.action = action
        #expect(settings.treatment(isMutual: isMutual) == expected)
    }

    @Test("The hash is always told, and who received it")
    func minimal() {
        let element = ForwardedClientCertificate().element(for: certificate, localURINames: ["spiffe://t/ns/me"])
        #expect(element == "By=spiffe://t/ns/me;Hash=ab12")
    }

    @Test("Everything, in order, and nothing that could end an element or a field")
    func full() {
        var settings = ForwardedClientCertificate()
        settings.includesCertificate = true
        settings.includesChain = true
        settings.includesSubject = true
        settings.includesURI = true
        settings.includesDNS = true
        #expect(
            settings.element(for: certificate, localURINames: [])
                == "Hash=ab12;Cert=\"-----BEGIN%0AA%2B%2F%3D%0A\";Chain=\"C\";Subject=\"CN=a \\\"b\\\"\\\\,O=x%0A\";"
                + "URI=spiffe://t/ns/a;URI=urn:x;DNS=a.example;DNS=b%3Bc%2Cd"
        )
    }

    @Test("A subject and URIs that are not there leave their keys")
    func absent() {
        var settings = ForwardedClientCertificate()
        settings.includesSubject = true
        settings.includesURI = true
        settings.includesDNS = true
        let element = settings.element(for: ClientCertificate(sha256: "00"), localURINames: [])
        #expect(element == "Hash=00;Subject=\"\";URI=")
    }
}
