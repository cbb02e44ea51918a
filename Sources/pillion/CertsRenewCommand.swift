import ArgumentParser
import OpenSSL

/// Issues the serving certificate of a folder again, for the same names.
struct CertsRenewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Issue tls.crt and tls.key again, with the same names, by the folder's authority.",
        discussion: "A running server takes the new pair into use within two seconds."
    )

    @Option(name: [.short, .long], help: ArgumentHelp("The folder.", valueName: "folder"))
    var directory: String = "pillion-certs"

    @Option(help: ArgumentHelp("How many days the serving certificate is valid.", valueName: "days"))
    var days: Int = 365

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days must be from 1 to 3650") }
    }

    func run() throws {
        try Console.run {
            let folder = CertificateFolder(path: directory)
            let current = try Certificate(pem: try PEMFile.read(folder.certificate))
            let authority = try folder.readAuthority()
            let certificate = try folder.issue(
                authority,
                names: current.alternativeNames,
                lifetime: Int64(days) * 86_400
            )
            Console.note("renewed \(folder.certificate) and \(folder.key)")
            try Console.write(CertificateText.text(certificate))
        }
    }
}
