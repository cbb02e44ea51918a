import Synchronization

/// What HTTP connections have counted, readable from every thread without a lock.
public final class HTTPCounters: Sendable {
    /// One counter; a class, because an atomic cannot be an array's element.
    private final class Cell: Sendable {
        let value = Atomic<UInt64>(0)
    }

    private let statusClasses = (0..<6).map { _ in Cell() }
    private let refusalCells = Dictionary(uniqueKeysWithValues: HTTPRefusal.Code.allCases.map { ($0, Cell()) })
    private let requestCount = Atomic<UInt64>(0)
    private let idleCloseCount = Atomic<UInt64>(0)

    /// Makes counters at zero.
    public init() {}

    /// Requests whose head was read.
    public var requests: UInt64 { requestCount.load(ordering: .relaxed) }

    /// Connections closed because they were idle for too long.
    public var idleCloses: UInt64 { idleCloseCount.load(ordering: .relaxed) }

    /// Replies with a status in the hundred `hundreds`, 1 to 5; zero for any other number.
    public func responses(hundreds: Int) -> UInt64 {
        guard statusClasses.indices.contains(hundreds) else { return 0 }
        return statusClasses[hundreds].value.load(ordering: .relaxed)
    }

    /// Requests refused because of `code`.
    public func refusals(_ code: HTTPRefusal.Code) -> UInt64 {
        refusalCells[code]?.value.load(ordering: .relaxed) ?? 0
    }

    func countRequest() {
        requestCount.wrappingAdd(1, ordering: .relaxed)
    }

    func countIdleClose() {
        idleCloseCount.wrappingAdd(1, ordering: .relaxed)
    }

    func countResponse(status: Int) {
        let hundreds = status / 100
        guard statusClasses.indices.contains(hundreds) else { return }
        statusClasses[hundreds].value.wrappingAdd(1, ordering: .relaxed)
    }

    func countRefusal(_ code: HTTPRefusal.Code) {
        refusalCells[code]?.value.wrappingAdd(1, ordering: .relaxed)
    }
}
