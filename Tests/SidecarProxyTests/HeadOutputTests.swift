import NIOCore
import Testing

@testable import SidecarProxy

@Suite("Head output")
struct HeadOutputTests {
    @Test("Pieces of every kind stand behind one another")
    func pieces() {
        var buffer = ByteBuffer(string: "before ")
        buffer.writeHead(room: 100) { output in
            output.put("fixed ")
            output.put(Array("bytes ".utf8))
            output.put(ByteBuffer(string: "span ").readableBytesSpan)
            output.put(String("text é "))
            output.put(decimal: 0)
            output.put(decimal: 99_999_999)
            output.put(word: 0x6463_6261, 3)
        }
        #expect(String(buffer: buffer) == "before fixed bytes span text é 099999999abc")
    }

    @Test("A head that is longer than its room is written whole all the same", arguments: [0, 1, 40, 4096])
    func overflow(_ room: Int) {
        var buffer = ByteBuffer()
        buffer.writeHead(room: room) { output in
            for _ in 0..<1000 {
                output.put("twelve bytes")
                output.put(word: 0x3837_3635_3433_3231, 8)
            }
        }
        #expect(buffer.readableBytes == 20_000)
        #expect(String(buffer: buffer) == String(repeating: "twelve bytes12345678", count: 1000))
    }

    @Test("What was written before stays when more memory is needed")
    func keepsWhatWasThere() {
        var buffer = ByteBuffer(string: "abc")
        let shared = buffer
        buffer.writeHead(room: 1) { $0.put(String(repeating: "x", count: 10_000)) }
        #expect(buffer.readableBytes == 10_003)
        #expect(String(buffer: shared) == "abc")
    }
}
