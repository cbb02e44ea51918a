import ProxyConfiguration

@testable import ProxyRouting

/// The path and query of a request, normalized in every way that there is: what comes of it is normal, and stays so.
struct PathTarget: FuzzTarget {
    static let name = "paths"

    func run(_ input: [UInt8]) {
        for slashes in PathNormalization.EscapedSlashes.allCases {
            for bits in 0..<4 {
                var normalization = PathNormalization()
                normalization.normalizes = bits & 1 == 1
                normalization.mergesSlashes = bits & 2 == 2
                normalization.escapedSlashes = slashes
                check(normalization, input)
            }
        }
    }

    private func check(_ normalization: PathNormalization, _ target: [UInt8]) {
        let result: [UInt8]
        switch normalization.apply(target.span) {
        case .rejected: return
        case .unchanged: result = target
        case .changed(let path), .redirect(let path):
            require(path != target, "changed into itself")
            require(normalization.apply(path.span) == .unchanged, "normalized once more it changes")
            result = path
        }
        guard target.first == 0x2F else { return require(result == target, "what is no path changes") }
        let (path, query) = Self.parts(result)
        require(path.first == 0x2F, "no longer absolute")
        require(query == Self.parts(target).query, "the query changes")
        let text = String(decoding: path, as: UTF8.self)
        if normalization.normalizes {
            let segments = text.utf8.split(separator: 0x2F).map { String(Substring($0)).lowercased() }
            let dots = segments.map { $0.replacing("%2e", with: ".") }
            require(!dots.contains(".") && !dots.contains(".."), "dots are left in \(text)")
        }
        require(!normalization.mergesSlashes || !text.contains("//"), "slashes are left in \(text)")
        guard normalization.escapedSlashes != .keep else { return }
        let folded = text.lowercased()
        require(!folded.contains("%2f") && !folded.contains("%5c"), "escaped slashes are left in \(text)")
    }

    private static func parts(_ target: [UInt8]) -> (path: ArraySlice<UInt8>, query: ArraySlice<UInt8>) {
        let end = target.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? target.count
        return (target[..<end], target[end...])
    }
}
