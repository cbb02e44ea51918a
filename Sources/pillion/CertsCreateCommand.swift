import ArgumentParser
import OpenSSL

/// Makes a development CA and a serving certificate.
struct CertsCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make ca.crt, ca.key, tls.crt and tls.key in a folder; nothing is overwritten.",
        discussion: """
            An authority that is in the folder already is used again.

            Example:
              pillion certs create --directory certs --service pillion --namespace pillion-system
            """
    )

    @OptionGroup var options: CertificateOptions

    @Option(help: ArgumentHelp("A DNS name of the server; may be repeated.", valueName: "name"))
    var dns: [String] = []

    @Option(help: ArgumentHelp("An IP address of the server; may be repeated.", valueName: "address"))
    var ip: [String] = []

    @Option(help: ArgumentHelp("The Service to serve as; adds its names in the cluster.", valueName: "name"))
    var service: String?

    @Option(help: ArgumentHelp("The Service's namespace.", valueName: "name"))
    var namespace: String = "pillion-system"

    func run() throws {
        try Console.run {
            let folder = options.folder
            for file in [folder.certificate, folder.key] where CertificateFolder.exists(file) {
                throw CommandFailure(
                    "\(file) exists; renew it with: pillion certs renew --directory \(options.directory)"
                )
            }
            try folder.create()
            let isAuthorityThere = CertificateFolder.exists(folder.authorityCertificate)
            let authority =
                isAuthorityThere
                ? try folder.readAuthority() : try folder.makeAuthority(commonName: "Pillion development CA")
            let certificate = try folder.issue(authority, names: names, lifetime: options.lifetime)
            Console.note("\(isAuthorityThere ? "used" : "made") the authority \(folder.authorityCertificate)")
            Console.note("made \(folder.certificate) and \(folder.key)")
            try Console.write(CertificateText.text(certificate))
        }
    }

    /// The names asked for; those of the default Service and of this machine when none is.
    private var names: AlternativeNames {
        var names = AlternativeNames()
        names.dnsNames = dns
        names.ipAddresses = ip
        let isBare = dns.isEmpty && ip.isEmpty && service == nil
        if let service = service ?? (isBare ? "pillion" : nil) {
            names.dnsNames += [
                "\(service).\(namespace).svc", "\(service).\(namespace).svc.cluster.local", "\(service).\(namespace)",
            ]
        }
        if isBare {
            names.dnsNames.append("localhost")
            names.ipAddresses += ["127.0.0.1", "::1"]
        }
        return names
    }
}
