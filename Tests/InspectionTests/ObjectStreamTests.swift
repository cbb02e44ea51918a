import JSON
import Testing

@testable import Inspection

@Suite("Streams of objects")
struct ObjectStreamTests {
    /// The names of the pods in a text that comes in pieces of `size` bytes.
    private func names(_ text: String, size: Int) throws -> (names: [String], others: Int) {
        var stream = ObjectStream()
        var names: [String] = []
        var others = 0
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try stream.feed(Array(rest.prefix(size))) { item in
                guard item.isPod else { return others += 1 }
                names.append((item.isDeleted ? "-" : "") + (item.value["metadata"]?["name"]?.string ?? ""))
            }
            rest = rest.dropFirst(size)
        }
        try stream.finish()
        return (names, others)
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

    @Test("the events of a watch are their objects, bookmarks nothing", arguments: [1, 4096])
    func watch(size: Int) throws {
        let text = ["ADDED", "MODIFIED", "BOOKMARK", "DELETED"].map { type in
            "{\"type\": \"\(type)\", \"object\": \(Self.pod("a"))}\n"
        }
        #expect(try names(text.joined(), size: size).names == ["a", "a", "-a"])
    }

    @Test(
        "an error tells the byte at which it was noticed",
        arguments: [("{\"items\": [{\"a\": }]}", 17), (" {\"a\": }", 1), ("{} {\"items\": [{}", 16), ("{}\n]", 3)]
    )
    func offset(text: String, offset: Int) throws {
        let error = #expect(throws: ObjectStreamError.self) { try names(text, size: 4) }
        #expect(error?.offset == offset)
    }

    @Test(
        "what is no stream of objects is refused",
        arguments: [
            ("[", ObjectStreamError.Code.unexpectedByte), ("{\"items\": [1]}", .unexpectedByte),
            ("{\"items\": [{},]}", .unexpectedByte), ("{\"items\": [{} {}]}", .unexpectedByte),
            ("{\"items\": [{}", .unexpectedEnd), ("{\"items\": [{\"a\": }]}", .syntax), ("{", .unexpectedEnd),
            ("{\"items\": [], \"items\": []}", .unexpectedByte), ("{\"items\": [,{}]}", .unexpectedByte),
        ]
    )
    func refused(text: String, code: ObjectStreamError.Code) throws {
        let error = #expect(throws: ObjectStreamError.self) { try names(text, size: 3) }
        #expect(error?.code == code)
    }

    @Test("an object beyond the limit is refused before it is held")
    func tooLarge() throws {
        var stream = ObjectStream()
        try stream.feed(Array("{\"items\": [{\"a\": \"".utf8)) { _ in }
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        let error = #expect(throws: ObjectStreamError.self) {
            for _ in 0...8 { try stream.feed(chunk) { _ in } }
        }
        #expect(error?.code == .tooLarge)
    }
}
