import JSON
import Testing

@testable import Inspection

@Suite("Streams of pods")
struct PodStreamTests {
    /// The names of the pods in a text that comes in pieces of `size` bytes.
    private func names(_ text: String, size: Int) throws -> (names: [String], others: Int) {
        var stream = PodStream()
        var names: [String] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try stream.feed(Array(rest.prefix(size))) { names.append($0["metadata"]?["name"]?.string ?? "") }
            rest = rest.dropFirst(size)
        }
        try stream.finish()
        return (names, stream.otherObjects)
    }

    private static func pod(_ name: String) -> String {
        #"{"kind": "Pod", "metadata": {"name": "\#(name)", "annotations": {"a": "}]\\\" [{,"}}, "spec": {"items": [1]}}"#
    }

    @Test("a list comes pod by pod, however it is cut", arguments: [1, 2, 3, 7, 64, 4096])
    func list(size: Int) throws {
        let text = """
            \u{FEFF}{"apiVersion": "v1", "metadata": {"items": ["x"]}, "items" : [
              \(Self.pod("a")), \(Self.pod("b")) ,{"kind": "Service"}], "kind": "List"}

            """
        let result = try names(text, size: size)
        #expect(result.names == ["a", "b"])
        #expect(result.others == 1)
    }

    @Test("objects that follow each other and lists in lists are understood", arguments: [1, 5, 4096])
    func several(size: Int) throws {
        let inner = #"{"kind": "PodList", "items": [{"metadata": {"name": "c"}, "spec": {"containers": []}}]}"#
        let text = "\(Self.pod("a"))\n\(Self.pod("b")){\"kind\": \"List\", \"items\": [\(inner)]} {\"items\": []}"
        #expect(try names(text, size: size).names == ["a", "b", "c"])
    }

    @Test(
        "what is no stream of objects is refused",
        arguments: [
            ("[", PodStreamError.Code.unexpectedByte), ("{\"items\": [1]}", .unexpectedByte),
            ("{\"items\": [{},]}", .unexpectedByte), ("{\"items\": [{} {}]}", .unexpectedByte),
            ("{\"items\": [{}", .unexpectedEnd), ("{\"items\": [{\"a\": }]}", .syntax), ("{", .unexpectedEnd),
            ("{\"items\": [], \"items\": []}", .unexpectedByte), ("{\"items\": [,{}]}", .unexpectedByte),
        ]
    )
    func refused(text: String, code: PodStreamError.Code) throws {
        let error = #expect(throws: PodStreamError.self) { try names(text, size: 3) }
        #expect(error?.code == code)
    }

    @Test("an object beyond the limit is refused before it is held")
    func tooLarge() throws {
        var stream = PodStream()
        try stream.feed(Array("{\"items\": [{\"a\": \"".utf8)) { _ in }
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        let error = #expect(throws: PodStreamError.self) {
            for _ in 0...8 { try stream.feed(chunk) { _ in } }
        }
        #expect(error?.code == .tooLarge)
    }
}
