import Foundation
import Logging
import Testing

@testable import Observability

@Suite("Log sink")
struct LogSinkTests {
    /// A pipe of the operating system, closed by the test.
    private struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(unsafe pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        func readAll() -> String {
            close(writing)
            return String(decoding: FileHandle(fileDescriptor: reading).readDataToEndOfFile(), as: UTF8.self)
        }
    }

    @Test("lines are written in order, by any number of callers")
    func writes() async throws {
        let pipe = try Pipe()
        let sink = LogSink(descriptor: pipe.writing)
        await withTaskGroup { group in
            for caller in 0..<4 {
                group.addTask {
                    for number in 0..<100 { sink.write(Array("\(caller) \(number)\n".utf8)) }
                }
            }
        }
        #expect(sink.flush(within: .seconds(5)))
        let lines = pipe.readAll().split(separator: "\n")
        #expect(lines.count == 400)
        let numbers = lines.filter { $0.hasPrefix("2 ") }.compactMap { Int($0.dropFirst(2)) }
        #expect(numbers == Array(0..<100))
        #expect(sink.droppedLines == 0)
        sink.close()
    }

    @Test("a reader that has stopped does not stop the callers: lines are dropped and counted")
    func blockedReader() throws {
        let pipe = try Pipe()
        let sink = LogSink(descriptor: pipe.writing, capacity: 256 * 1024)
        let line = Array((String(repeating: "x", count: 1023) + "\n").utf8)
        let time = ContinuousClock().measure {
            for _ in 0..<2_000 { sink.write(line) }
        }
        #expect(time < .seconds(5))
        #expect(sink.droppedLines > 1_000)
        #expect(!sink.flush(within: .milliseconds(20)))
        // The pipe holds 64 KiB and the queue 256 KiB; read until all that was kept has come.
        let kept = 2_000 - Int(sink.droppedLines)
        let handle = FileHandle(fileDescriptor: pipe.reading)
        var read = 0
        while read < kept * 1024 {
            read += handle.readData(ofLength: 1024).count
        }
        #expect(sink.flush(within: .seconds(5)))
        sink.close()
        close(pipe.writing)
    }

    @Test("lines for a descriptor that takes none are counted as dropped")
    func brokenDescriptor() {
        let sink = LogSink(descriptor: -1)
        for _ in 0..<3 { sink.write(Array("x\n".utf8)) }
        #expect(sink.flush(within: .seconds(5)))
        #expect(sink.droppedLines == 3)
        sink.close()
    }

    @Test("a logger made with the handler writes its lines to the sink")
    func logger() throws {
        let pipe = try Pipe()
        let sink = LogSink(descriptor: pipe.writing)
        var logger = Logger(label: "web") { LineLogHandler(label: $0, sink: sink, format: .json) }
        logger[metadataKey: "fixed"] = "1"
        logger.debug("not written")
        logger.info("hello", metadata: ["uid": "u", "fixed": "2"])
        #expect(sink.flush(within: .seconds(5)))
        let line = pipe.readAll()
        #expect(line.contains(#""level":"info","logger":"web","msg":"hello","fixed":"2","uid":"u"}"#))
        #expect(line.filter { $0 == "\n" }.count == 1)
        sink.close()
    }

    @Test("a threshold changes the level of all loggers that share it, but not of one with a level of its own")
    func threshold() {
        let sink = LogSink(descriptor: -1)
        let threshold = LogThreshold(.info)
        let shared = Logger(label: "a") { LineLogHandler(label: $0, sink: sink, format: .json, threshold: threshold) }
        var own = shared
        own.logLevel = .error
        threshold.level = .trace
        #expect(shared.logLevel == .trace)
        #expect(own.logLevel == .error)
        sink.close()
    }
}
