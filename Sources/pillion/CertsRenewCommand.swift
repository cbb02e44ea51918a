import ArgumentParser
import OpenSSL

/// Issues the serving certificate of a folder again, for the same names.
struct CertsRenewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Issue tls.crt and tls.key again, with the same names, by the folder's authority.",
        discussion: """
            A running server takes the new pair into use within two seconds.

            Example:
              pillion certs renew --directory certs --days 90
            """
    )

    @OptionGroup var options: CertificateOptions

    func run() throws {
        try Console.run {
            let folder = options.folder
            let current = try Certificate(pem: try PEMFile.read(folder.certificate))
            let authority = try folder.readAuthority()
            let certificate = try folder.issue(
                authority,
                names: current.alternativeNames,
                lifetime: options.lifetime
            )
            Console.note("renewed \(folder.certificate) and \(folder.key)")
            try Console.write(CertificateText.text(certificate))
        }
    }
}
