import NIOCore
import NIOHTTP1
import ServerHTTP
import Synchronization

/// A responder made of closures, which remembers the requests it saw.
final class TestResponder: HTTPResponder {
    private let early: @Sendable (HTTPRequest) -> HTTPResponse?
    private let answer: @Sendable (HTTPRequest, any EventLoop) -> HTTPOutcome
    private let log = Mutex<[HTTPRequest]>([])

    init(
        answer: @escaping @Sendable (HTTPRequest, any EventLoop) -> HTTPOutcome = { request, _ in
            .now(.text(.ok, "\(request.method.rawValue) \(request.path) \(request.body.readableBytes)"))
        },
        early: @escaping @Sendable (HTTPRequest) -> HTTPResponse? = { _ in nil }
    ) {
        self.early = early
        self.answer = answer
    }

    var requests: [HTTPRequest] { log.withLock { $0 } }

    func respondEarly(to request: HTTPRequest) -> HTTPResponse? { early(request) }

    func respond(to request: HTTPRequest, on eventLoop: any EventLoop) -> HTTPOutcome {
        log.withLock { $0.append(request) }
        return answer(request, eventLoop)
    }
}
