import Spelling

extension BootstrapDecoder {
    /// A `route.v3.RetryPolicy`.
    mutating func retryPolicy(_ node: ConfigurationNode) -> RetryPolicy {
        var policy = RetryPolicy()
        guard let message = message(node, .retryPolicy) else { return policy }
        if let field = message["retry_on"], let text = string(field) {
            policy.conditions = conditions(text, at: field)
        }
        read(message["num_retries"], in: 0...1000, into: &policy.retries)
        readTimeout(message["per_try_timeout"], into: &policy.perTryTimeout)
        readTimeout(message["per_try_idle_timeout"], into: &policy.perTryIdleTimeout)
        policy.retriableHeaders = list(message["retriable_headers"]) { $0.headerMatcher($1) }
        policy.retriableRequestHeaders = list(message["retriable_request_headers"]) { $0.headerMatcher($1) }
        policy.retriableStatusCodes = list(message["retriable_status_codes"]) { decoder, node in
            decoder.integer(node, in: 100...599)
        }
        readBackOff(message["retry_back_off"], into: &policy)
        let predicates: [Bool] = list(message["retry_host_predicate"]) { decoder, node in
            decoder.extensionConfig(node, .retryHostPredicate, [.previousHosts]) != nil
        }
        policy.avoidsPreviousHosts = !predicates.isEmpty
        read(message["host_selection_retry_max_attempts"], in: 0...1000, into: &policy.hostSelectionAttempts)
        return policy
    }

    private mutating func conditions(_ text: String, at node: ConfigurationNode) -> RetryPolicy.Conditions {
        var conditions: RetryPolicy.Conditions = []
        for part in text.split(separator: ",") {
            let name = String(part.trimmingPrefix { $0 == " " }.reversed().trimmingPrefix { $0 == " " }.reversed())
            if let known = RetryPolicy.Conditions.names.first(where: { $0.name == name }) {
                conditions.insert(known.condition)
                continue
            }
            let names = RetryPolicy.Conditions.names.map(\.name)
            let nearest = NearestName.nearest(to: name, among: names)
            let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "known: \(names.joined(separator: ", "))"
            report(.invalidValue, node.pointer, "\"\(name)\" is no condition of a retry; \(hint)")
        }
        return conditions
    }

    private mutating func readBackOff(_ node: ConfigurationNode?, into policy: inout RetryPolicy) {
        guard let node, let message = message(node, .retryBackOff) else { return }
        read(required("base_interval", in: message), atLeast: .milliseconds(1), into: &policy.baseInterval)
        policy.maxInterval = policy.baseInterval * 10
        read(message["max_interval"], atLeast: .milliseconds(1), into: &policy.maxInterval)
        if policy.maxInterval < policy.baseInterval, let node = message["max_interval"] {
            report(.invalidValue, node.pointer, "must not be shorter than base_interval")
        }
    }
}
