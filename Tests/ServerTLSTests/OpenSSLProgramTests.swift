import CertificateFixtures
import Foundation
import NIOCore
import NIOPosix
import OpenSSL
import ServerCore
import ServerTLS
import Testing

/// Judged by the `openssl` program over real sockets.
@Suite struct OpenSSLProgramTests {
    let authority: TestAuthority
    let folder: CertificateFolder

    init() throws {
        authority = try TestAuthority()
        folder = try CertificateFolder()
        try Data(authority.authority.certificate.pem()).write(to: URL(fileURLWithPath: folder.path + "/ca.crt"))
    }

    /// What `openssl s_client` says about a server with `configuration`, after sending a line.
    private func sClient(
        _ configuration: TLSServerConfiguration,
        _ arguments: [String],
        plain: Bool = false
    ) async throws -> String {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let contexts = try TLSContextProvider(configuration)
        let initializer = TLSConnectionInitializer(inner: EchoInitializer(), contexts: contexts)
        let listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let context = ConnectionContext(peer: channel.remoteAddress, eventLoop: channel.eventLoop)
                    try initializer.initialize(channel, context)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        let output = try run(port: port, arguments)
        try await listener.close()
        try await group.shutdownGracefully()
        return output
    }

    private func run(port: Int, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments =
            ["10", "openssl", "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", folder.path + "/ca.crt"]
            + ["-verify_return_error", "-servername", "localhost"] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        // Q on a line of its own ends s_client after what the server answered.
        input.fileHandleForWriting.write(Data("ping\n".utf8))
        var text = ""
        while !text.contains("\nping\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
        }
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        return text
    }

    @Test("openssl s_client talks to the server", arguments: ["1_2", "1_3"])
    func accepts(version: String) async throws {
        let text = try await sClient(authority.serverConfiguration(), ["-tls\(version)"])
        #expect(text.contains("TLSv\(version.replacingOccurrences(of: "_", with: "."))"))
        #expect(text.contains("Verify return code: 0 (ok)") || text.contains("Verification: OK"))
        #expect(text.contains("\nping\n"))
    }

    @Test("openssl s_client is refused with an older version", arguments: ["1", "1_1"])
    func refusesOld(version: String) async throws {
        let text = try await sClient(authority.serverConfiguration(), ["-tls\(version)", "-cipher", "ALL:@SECLEVEL=0"])
        #expect(text.contains("alert protocol version"))
        #expect(!text.contains("\nping\n"))
    }

    @Test("The application protocol is agreed on, or refused by alert", arguments: ["http/1.1", "h2"])
    func negotiates(name: String) async throws {
        let configuration = try authority.serverConfiguration(protocols: ["http/1.1"])
        let text = try await sClient(configuration, ["-alpn", name])
        if name == "http/1.1" {
            #expect(text.contains("ALPN protocol: http/1.1"))
        } else {
            #expect(text.contains("no application protocol"))
        }
    }

    @Test("A key of another kind, made by openssl, can be served", arguments: ["RSA", "ED25519", "EC"])
    func readsKeys(kind: String) throws {
        let path = folder.path + "/key.pem"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        let options = kind == "EC" ? ["-pkeyopt", "ec_paramgen_curve:P-384"] : []
        process.arguments = ["10", "openssl", "genpkey", "-algorithm", kind, "-out", path] + options
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let key = try PrivateKey(pem: PEMFile.read(path))
        let template = CertificateTemplate(
            commonName: "server",
            purpose: .server,
            dnsNames: ["localhost"],
            notBefore: TestAuthority.now - 60,
            notAfter: TestAuthority.now + 60
        )
        let certificate = try authority.authority.issue(template, for: key)
        #expect(certificate.matches(try PrivateKey(pem: key.pem())))
        _ = try TLSContext(server: TLSServerConfiguration(chain: CertificateChain(leaf: certificate), key: key))
    }
}
