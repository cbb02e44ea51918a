import Glibc

/// The names of `/etc/hosts` (hosts(5)), which Kubernetes writes the pod's own name and `hostAliases` into.
struct HostsFile: Sendable {
    private let text: [UInt8]

    private static let maximumBytes = 1 << 20

    /// Takes the text of such a file.
    init(text: [UInt8]) {
        self.text = text
    }

    /// Reads the file at `path`; one that cannot be read has no names, and of a huge one the first mebibyte counts.
    init(path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            self.init(text: [])
            return
        }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while text.count < Self.maximumBytes {
            // Safety: read writes at most as many bytes as the array has.
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            text += piece[..<count]
        }
        self.init(text: text)
    }

    /// The addresses that lines give `name`, in any case of letters; of the names `localhost` and below it always the
    /// loopback addresses (RFC 6761 section 6.3).
    func addresses(of name: String) -> [ResolvedAddress] {
        let wanted = Array(name.lowercased().utf8).trimmingDot
        var found: [ResolvedAddress] = []
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.prefix { $0 != UInt8(ascii: "#") }
                .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
            guard words.count > 1, words.dropFirst().contains(where: { Self.isSame($0, wanted) }) else { continue }
            guard let address = ResolvedAddress(String(decoding: words[0], as: UTF8.self)) else { continue }
            if !found.contains(address) { found.append(address) }
        }
        if found.isEmpty, wanted == Array("localhost".utf8) || wanted.hasSuffix(".localhost") {
            found = ["127.0.0.1", "::1"].compactMap(ResolvedAddress.init)
        }
        return found
    }

    private static func isSame(_ word: ArraySlice<UInt8>, _ wanted: ArraySlice<UInt8>) -> Bool {
        word.count == wanted.count
            && zip(word, wanted).allSatisfy { ((0x41...0x5A).contains($0) ? $0 | 0x20 : $0) == $1 }
    }
}

extension [UInt8] {
    /// The bytes without a dot at the end.
    fileprivate var trimmingDot: ArraySlice<UInt8> { last == UInt8(ascii: ".") ? dropLast() : self[...] }
}

extension ArraySlice<UInt8> {
    fileprivate static func == (left: ArraySlice<UInt8>, right: [UInt8]) -> Bool { left.elementsEqual(right) }

    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
