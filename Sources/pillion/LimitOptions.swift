import ArgumentParser
import NIOCore
import OpenSSL
import ServerCore
import ServerHTTP

/// What callers may cost the webhook.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many connections may be open. Default: 10,000, less under a small memory limit.",
            valueName: "number"
        )
    )
    var maxConnections: Int?

    @Option(
        help: ArgumentHelp("How many connections one address may have open; 0 for no limit.", valueName: "number")
    )
    var maxConnectionsPerSource: Int = 1_000

    @Option(help: ArgumentHelp("The longest head of a request; a longer one is answered with 431.", valueName: "bytes"))
    var maxHeaderBytes: Int = 32 << 10

    @Option(help: ArgumentHelp("How many fields a head may have; more are answered with 431.", valueName: "number"))
    var maxHeaderFields: Int = 64

    @Option(
        help: ArgumentHelp(
            "The longest body; a longer one is answered with 413. Default: 32 MiB, less under a small memory limit.",
            valueName: "bytes"
        )
    )
    var maxBodyBytes: Int?

    @Option(
        help: ArgumentHelp(
            "How many bytes of bodies may be in memory; more are answered with 429. Default: an eighth of the memory "
                + "limit, at most 128 MiB, at least one body.",
            valueName: "bytes"
        )
    )
    var maxInFlightBytes: Int?

    @Option(
        help: ArgumentHelp("How many reviews over 64 KiB may wait; more are answered with 429.", valueName: "number")
    )
    var maxQueuedReviews: Int = 64

    @Option(
        help: ArgumentHelp(
            "How long reviews may wait in their connections before some are answered with 429.",
            valueName: "time"
        )
    )
    var overloadDelay = TimeOption(milliseconds: 100)

    @Option(help: ArgumentHelp("How long a TLS handshake may take.", valueName: "time"))
    var handshakeTimeout = TimeOption(seconds: 10)

    @Option(help: ArgumentHelp("How long the head of a request may take.", valueName: "time"))
    var headerTimeout = TimeOption(seconds: 5)

    @Option(help: ArgumentHelp("How long the body of a request may take.", valueName: "time"))
    var bodyTimeout = TimeOption(seconds: 10)

    @Option(help: ArgumentHelp("How long the answer to a request may take; later it is 503.", valueName: "time"))
    var requestTimeout = TimeOption(seconds: 30)

    @Option(
        help: ArgumentHelp(
            "How long an idle connection is kept; the API server keeps its side 90 s and must be the one to close.",
            valueName: "time"
        )
    )
    var idleTimeout = TimeOption(seconds: 180)

    func validate() throws {
        try Self.require(maxConnections ?? 1, "--max-connections", 1...1_000_000)
        try Self.require(maxConnectionsPerSource, "--max-connections-per-source", 0...1_000_000)
        try Self.require(maxHeaderBytes, "--max-header-bytes", 1024...65_535)
        try Self.require(maxHeaderFields, "--max-header-fields", 8...1000)
        try Self.require(maxBodyBytes ?? 1024, "--max-body-bytes", 1024...(256 << 20))
        try Self.require(maxInFlightBytes ?? 1024, "--max-in-flight-bytes", 1024...(64 << 30))
        try Self.require(maxQueuedReviews, "--max-queued-reviews", 1...100_000)
        let times = [
            ("--overload-delay", overloadDelay), ("--handshake-timeout", handshakeTimeout),
            ("--header-timeout", headerTimeout), ("--body-timeout", bodyTimeout),
            ("--request-timeout", requestTimeout), ("--idle-timeout", idleTimeout),
        ]
        if let (name, _) = times.first(where: { $0.1.isZero }) {
            throw ValidationError("\(name) must be longer than nothing")
        }
        if let body = maxBodyBytes, let inFlight = maxInFlightBytes, inFlight < body {
            throw ValidationError("--max-in-flight-bytes must not be less than --max-body-bytes")
        }
    }

    /// The limits of one HTTP connection, in a container with this memory limit.
    func http(memoryLimit: UInt64? = MemoryLimit.current()) -> HTTPServerLimits {
        var limits = HTTPServerLimits()
        let inFlight = maxInFlightBytes ?? .max
        limits.bodyBytes = maxBodyBytes ?? min(inFlight, HTTPServerLimits.bodyBytes(memoryLimit: memoryLimit))
        limits.headerBytes = maxHeaderBytes
        limits.headerFields = maxHeaderFields
        limits.headersTimeout = headerTimeout.amount
        limits.bodyTimeout = bodyTimeout.amount
        limits.responseTimeout = requestTimeout.amount
        limits.idleTimeout = idleTimeout.amount
        return limits
    }

    /// The memory for all bodies in flight.
    func budget(memoryLimit: UInt64? = MemoryLimit.current()) -> ByteBudget {
        let body = http(memoryLimit: memoryLimit).bodyBytes
        guard let maxInFlightBytes else { return ByteBudget(bodyBytes: body, memoryLimit: memoryLimit) }
        return ByteBudget(limit: max(maxInFlightBytes, body))
    }

    /// How many connections may be open.
    func connections(memoryLimit: UInt64? = MemoryLimit.current()) -> ConnectionLimits {
        ConnectionLimits(
            total: maxConnections ?? ConnectionLimits.total(memoryLimit: memoryLimit),
            perSource: maxConnectionsPerSource == 0 ? nil : maxConnectionsPerSource
        )
    }

    /// The deadlines of TLS.
    var tls: TLSHandlerLimits {
        TLSHandlerLimits(handshakeTimeout: handshakeTimeout.amount)
    }

    private static func require(_ value: Int, _ name: String, _ range: ClosedRange<Int>) throws {
        guard range.contains(value) else {
            throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}
