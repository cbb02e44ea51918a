import NIOPosix
import Synchronization

/// Looks names up on threads of its own, so that no event loop ever waits for a name server.
///
/// Questions wait in a bounded queue; the same question asked again meanwhile shares the first one's answer.
public final class NameResolver: Sendable {
    /// What is told when a lookup is over, on a thread of the resolver.
    public typealias Completion = @Sendable (Result<NameAnswer, NameResolutionError>) -> Void

    private struct State {
        var waiting: [NameQuestion: [Completion]] = [:]
        var count = 0
        var isShutDown = false
    }

    private let lookup: any NameLookup
    private let limit: Int
    private let patience: Duration
    private let threads: NIOThreadPool
    private let state = Mutex(State())

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - lookup: How names are looked up.
    ///   - threadCount: How many names are looked up at once, 1 to 8.
    ///   - limit: How many askers may wait.
    ///   - patience: How long one lookup may take, the time in the queue included.
    public init(
        _ lookup: any NameLookup = SystemNameLookup(),
        threadCount: Int = 2,
        limit: Int = 1024,
        patience: Duration = .seconds(10)
    ) {
        self.lookup = lookup
        self.limit = limit
        self.patience = patience
        threads = NIOThreadPool(numberOfThreads: max(1, min(threadCount, 8)))
        threads.start()
    }

    /// Looks up what `question` asks for.
    ///
    /// - Parameters:
    ///   - question: The name and the kinds of addresses.
    ///   - completion: Called once: on a thread of the resolver, or at once when the queue is full.
    public func resolve(_ question: NameQuestion, _ completion: @escaping Completion) {
        let refusal: NameResolutionError.Code? = state.withLock { state in
            if state.isShutDown { return .shutDown }
            guard state.count < limit else { return .overloaded }
            state.count += 1
            if state.waiting[question] != nil {
                state.waiting[question]?.append(completion)
                return nil
            }
            state.waiting[question] = [completion]
            let deadline = ContinuousClock.now + patience
            threads.submit { [weak self] phase in
                self?.answer(question, until: deadline, isCancelled: phase == .cancelled)
            }
            return nil
        }
        if let refusal { completion(.failure(NameResolutionError(refusal, question.name))) }
    }

    /// Takes no more questions, and ends the threads when the lookups under way are over.
    public func shutDown() {
        let isFirst = state.withLock { state in
            defer { state.isShutDown = true }
            return !state.isShutDown
        }
        guard isFirst else { return }
        threads.shutdownGracefully { _ in }
    }

    private func answer(_ question: NameQuestion, until deadline: ContinuousClock.Instant, isCancelled: Bool) {
        let result: Result<NameAnswer, NameResolutionError>
        if isCancelled {
            result = .failure(NameResolutionError(.shutDown, question.name))
        } else if ContinuousClock.now >= deadline {
            result = .failure(NameResolutionError(.timedOut, question.name))
        } else {
            do throws(NameResolutionError) {
                result = .success(try lookup.lookUp(question, until: deadline))
            } catch {
                result = .failure(error)
            }
        }
        let completions = state.withLock { state in
            let completions = state.waiting.removeValue(forKey: question) ?? []
            state.count -= completions.count
            return completions
        }
        for completion in completions { completion(result) }
    }
}
