import HTTPClient
import JSON

extension KubernetesAPIError {
    /// The longest sentence of a server that is repeated.
    private static let longestMessage = 300

    /// What a status other than 2xx means.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - verb: What was asked for, as a Role names it.
    ///   - object: The object.
    init(_ response: HTTPClientResponse, verb: APIVerb, object: ObjectReference) {
        let message = Self.message(response)
        switch response.status {
        case 401:
            self.init(.unauthorized, "the service account's token is not accepted: \(message)", at: object.description)
        case 403:
            self.init(.forbidden, "\(object.missingRule(verb)); the server says: \(message)", at: object.description)
        case 404: self.init(.notFound, "is not there: \(message)", at: object.description)
        case 409: self.init(.conflict, "has changed since it was read: \(message)", at: object.description)
        case 410: self.init(.gone, "its history does not reach back that far: \(message)", at: object.description)
        case 429: self.init(.throttled, "the server asks for patience: \(message)", at: object.description)
        case 400...499:
            self.init(.refused, "\(response.status) to \(verb.rawValue): \(message)", at: object.description)
        default:
            self.init(.serverFailure, "\(response.status) to \(verb.rawValue): \(message)", at: object.description)
        }
    }

    /// What became of a request that got no response.
    init(_ error: HTTPClientError, object: ObjectReference) {
        let code: Code =
            switch error.code {
            case .handshakeFailed: .untrusted
            case .cancelled: .cancelled
            case .malformedResponse, .responseTooLarge: .malformedResponse
            case .invalidRequest: .refused
            case .unreachable, .timedOut, .interrupted: .unreachable
            }
        self.init(code, "the API server \(error)", at: object.description)
    }

    /// The message of a `Status` object, cut to a length for a log; a line of it at most.
    private static func message(_ response: HTTPClientResponse) -> String {
        guard let status = try? JSONParser.parse(response.body), let message = status["message"]?.string else {
            return "status \(response.status)"
        }
        return String(message.unicodeScalars.prefix(longestMessage).map { $0.value < 0x20 ? " " : Character($0) })
    }
}
