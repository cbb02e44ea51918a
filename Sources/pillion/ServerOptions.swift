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

    @Option(help: ArgumentHelp("Event loops for requests.", valueName: "number"))
    var threads: Int = max(1, min(2, System.coreCount))

    @Option(help: ArgumentHelp("The longest body in bytes; a longer one is answered with 413.", valueName: "bytes"))
    var maxBodyBytes: Int = 32 << 20

    @Option(help: ArgumentHelp("How many connections may be open.", valueName: "number"))
    var maxConnections: Int = 10_000

    @Option(help: ArgumentHelp("How long a drain may take, in seconds.", valueName: "seconds"))
    var gracePeriod: Int = 45

    @Option(
        help: ArgumentHelp(
            "How long no new connection may have come before a drained server ends, in seconds.",
            valueName: "seconds"
        )
    )
    var quietPeriod: Int = 5

    @Option(help: ArgumentHelp("Where to write the bound addresses as JSON, once ready.", valueName: "file"))
    var portFile: String?

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key come together")
        }
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be from 1 to 64") }
        guard (1024...(256 << 20)).contains(maxBodyBytes) else {
            throw ValidationError("--max-body-bytes must be from 1024 to 268435456")
        }
        guard (1...1_000_000).contains(maxConnections) else {
            throw ValidationError("--max-connections must be from 1 to 1000000")
        }
        guard (0...3600).contains(gracePeriod), (0...3600).contains(quietPeriod) else {
            throw ValidationError("--grace-period and --quiet-period must be from 0 to 3600")
        }
    }

    private static func address(_ text: String) throws -> ListenAddress {
        do {
            return try ListenAddress(parsing: text)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
