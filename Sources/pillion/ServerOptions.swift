import ArgumentParser
import NIOCore
import ServerCore

/// Where and how the webhook serves.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where to serve HTTPS.", valueName: "address:port"), transform: ServerOptions.address)
    var listen: ListenAddress = ListenAddress(host: "::", port: 8443)

    @Option(
        help: ArgumentHelp("Where to serve probes and metrics, plain.", valueName: "address:port"),
        transform: ServerOptions.address
    )
    var opsListen: ListenAddress = ListenAddress(host: "::", port: 8081)

    @Option(
        help: ArgumentHelp(
            "The serving certificate with its chain, PEM. Default: a development one is made.",
            valueName: "file"
        )
    )
    var tlsCert: String?

    @Option(help: ArgumentHelp("The certificate's private key, PEM.", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Authorities of client certificates, PEM: only their holders may ask for admission.",
            valueName: "file"
        )
    )
    var clientCa: String?

    @Option(
        help: ArgumentHelp(
            "A client that may ask, as its certificate names it (common name, DNS name or URI). Repeatable. "
                + "Default: every client of --client-ca.",
            valueName: "name"
        )
    )
    var clientName: [String] = []

    @Option(
        help: ArgumentHelp(
            "Lists of revoked client certificates, PEM: one of every authority in their chains.",
            valueName: "file"
        )
    )
    var clientCrl: String?

    @Option(help: ArgumentHelp("Event loops for requests.", valueName: "number"))
    var threads: Int = max(1, min(2, System.coreCount))

    @Option(help: ArgumentHelp("How long a drain may take.", valueName: "time"))
    var gracePeriod = TimeOption(seconds: 45)

    @Option(
        help: ArgumentHelp(
            "How long no new connection may have come before a drained server ends.",
            valueName: "time"
        )
    )
    var quietPeriod = TimeOption(seconds: 5)

    @Option(help: ArgumentHelp("Where to write the bound addresses as JSON, once ready.", valueName: "file"))
    var portFile: String?

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key come together")
        }
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be from 1 to 64") }
        guard clientCa != nil || (clientName.isEmpty && clientCrl == nil) else {
            throw ValidationError("--client-name and --client-crl need --client-ca")
        }
        guard !clientName.contains("") else { throw ValidationError("--client-name must not be empty") }
    }

    private static func address(_ text: String) throws -> ListenAddress {
        do {
            return try ListenAddress(parsing: text)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
