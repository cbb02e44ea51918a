import Foundation
import Testing

extension Trait where Self == ConditionTrait {
    /// Leaves a test out that is about the system's heap, where a sanitizer brings its own.
    static var needsSystemHeap: Self {
        .disabled(
            if: ProcessInfo.processInfo.environment["PILLION_SANITIZER"] != nil,
            "a sanitizer brings a heap of its own, which keeps what is freed and maps no block by itself"
        )
    }
}
