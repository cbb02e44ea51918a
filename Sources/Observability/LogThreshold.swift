public import Logging
import Synchronization

/// The lowest level that is written, which may be changed while loggers use it.
public final class LogThreshold: Sendable {
    private let index: Atomic<Int>

    /// Makes a threshold.
    public init(_ level: Logger.Level) {
        index = Atomic(Self.index(of: level))
    }

    /// The lowest level that is written.
    public var level: Logger.Level {
        get { Logger.Level.allCases[index.load(ordering: .relaxed)] }
        set { index.store(Self.index(of: newValue), ordering: .relaxed) }
    }

    /// The names of all levels, the lowest first.
    public static var names: [String] { Logger.Level.allCases.map(\.rawValue) }

    /// The level of this name, or nil.
    public static func level(named name: String) -> Logger.Level? { Logger.Level(rawValue: name) }

    private static func index(of level: Logger.Level) -> Int {
        Logger.Level.allCases.firstIndex(of: level) ?? 0
    }
}
