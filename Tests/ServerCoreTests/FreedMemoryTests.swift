import Foundation
import ServerCore
import Testing

@Suite struct FreedMemoryTests {
    private static let blockSize = 4096
    private static let blocks = 16_384

    /// Resident anonymous memory in bytes.
    private static func resident() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
        return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) * 1024
    }

    /// Fills 64 MiB of a heap with small blocks and frees all but the last one.
    private static func fillAndFree() throws -> (UnsafeMutableRawPointer, peak: Int) {
        // Safety: every block is freed once, here or by the caller.
        var pointers: [UnsafeMutableRawPointer] = unsafe []
        for _ in 0..<blocks {
            let pointer = UnsafeMutableRawPointer.allocate(byteCount: blockSize, alignment: 16)
            unsafe pointer.initializeMemory(as: UInt8.self, repeating: 1, count: blockSize)
            unsafe pointers.append(pointer)
        }
        let peak = try resident()
        let last = try unsafe #require(pointers.popLast())
        while let pointer = unsafe pointers.popLast() { unsafe pointer.deallocate() }
        return unsafe (last, peak)
    }

    @Test("Memory below a block that lives on goes back to the system", .needsSystemHeap)
    func givesBack() async throws {
        let (last, peak) = try unsafe Self.fillAndFree()
        defer { unsafe last.deallocate() }
        let task = Task { await FreedMemory.giveBack(every: .milliseconds(10)) }
        defer { task.cancel() }
        let wanted = peak - Self.blocks * Self.blockSize / 2
        for _ in 0..<1000 where try Self.resident() > wanted { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try Self.resident() <= wanted)
    }

    @Test("A cancelled task ends")
    func ends() async {
        let task = Task { await FreedMemory.giveBack(every: .seconds(3600)) }
        task.cancel()
        await task.value
    }
}
