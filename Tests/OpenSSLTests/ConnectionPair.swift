import NIOCore
import OpenSSL

/// A client and a server session whose bytes are carried by hand.
final class ConnectionPair {
    let client: TLSConnection
    let server: TLSConnection

    init(_ server: TLSServerConfiguration, _ client: TLSClientConfiguration, name: String? = "localhost") throws {
        self.server = try TLSConnection(TLSContext(server: server))
        self.client = try TLSConnection(TLSContext(client: client), serverName: name)
    }

    init(client: TLSConnection, server: TLSConnection) {
        self.client = client
        self.server = server
    }

    /// Carries the waiting bytes of `sender` to `receiver`, in pieces of at most `chunk`.
    func carry(from sender: TLSConnection, to receiver: TLSConnection, chunk: Int = .max) {
        var bytes = sender.takeCiphertext()
        while let piece = bytes.readSlice(length: min(chunk, bytes.readableBytes)), piece.readableBytes > 0 {
            receiver.receive(piece)
        }
    }

    /// Takes turns until both are done or one fails; the results are the client's and the server's.
    func handshake() -> (client: HandshakeStep, server: HandshakeStep) {
        var client = HandshakeStep.needsInput
        var server = HandshakeStep.needsInput
        for _ in 0..<8 {
            if client == .needsInput { client = self.client.handshake() }
            carry(from: self.client, to: self.server)
            if server == .needsInput { server = self.server.handshake() }
            carry(from: self.server, to: self.client)
        }
        return (client, server)
    }

    /// Everything that `receiver` can read now.
    func read(_ receiver: TLSConnection) -> (bytes: ByteBuffer, step: ReadStep) {
        var buffer = ByteBuffer()
        let step = receiver.read(into: &buffer)
        return (buffer, step)
    }
}
