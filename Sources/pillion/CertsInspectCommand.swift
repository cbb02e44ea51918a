import ArgumentParser
import OpenSSL

/// Shows the certificates of a file.
struct CertsInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show the certificates of a PEM file.",
        discussion: """
            Exit status: 0 all are valid now, 1 one is not, 2 the file cannot be read.

            Example:
              pillion certs inspect certs/tls.crt --key certs/tls.key
            """
    )

    @Argument(help: ArgumentHelp("A PEM file with one or more certificates.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("A private key that should belong to the first certificate.", valueName: "file"))
    var key: String?

    func run() throws {
        try Console.run {
            let chain = try CertificateChain(pem: try PEMFile.read(file))
            try Console.write(chain.certificates.map(CertificateText.text).joined(separator: "\n"))
            let now = CertificateFolder.now
            if let key, !chain.leaf.matches(try PrivateKey(pem: try PEMFile.read(key))) {
                Console.note("error: \(key) is not the key of \(file)")
                throw ExitStatus.negative
            }
            guard chain.certificates.allSatisfy({ $0.notBefore <= now && now <= $0.notAfter }) else {
                Console.note("error: a certificate of \(file) is not valid now")
                throw ExitStatus.negative
            }
        }
    }
}
