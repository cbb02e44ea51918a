import Foundation
import OpenSSL
import ServerTLS

/// A folder of one test, laid out as Kubernetes mounts a Secret: `tls.crt -> ..data/tls.crt`, `..data -> ..<version>`.
final class CertificateFolder {
    let path: String
    private var version = 0

    init() throws {
        path = NSTemporaryDirectory() + "certificates-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var files: CertificateFiles {
        CertificateFiles(certificate: path + "/tls.crt", key: path + "/tls.key")
    }

    /// Publishes a pair as the kubelet does: a new folder, then the link renamed over the old one, then the old folder
    /// removed.
    func publish(certificate: [UInt8], key: [UInt8]) throws {
        let old = version
        version += 1
        let folder = path + "/..\(version)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(certificate).write(to: URL(fileURLWithPath: folder + "/tls.crt"))
        try Data(key).write(to: URL(fileURLWithPath: folder + "/tls.key"))
        try FileManager.default.createSymbolicLink(atPath: path + "/..next", withDestinationPath: "..\(version)")
        // Safety: rename reads both paths as C strings that live for the call.
        guard unsafe rename(path + "/..next", path + "/..data") == 0 else { throw POSIXError(.EIO) }
        for name in ["tls.crt", "tls.key"] where old == 0 {
            try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: "..data/" + name)
        }
        if old > 0 { try FileManager.default.removeItem(atPath: path + "/..\(old)") }
    }

    /// Publishes a pair that belongs together.
    func publish(_ pair: (chain: CertificateChain, key: PrivateKey)) throws {
        try publish(certificate: pair.chain.pem(), key: pair.key.pem())
    }
}
