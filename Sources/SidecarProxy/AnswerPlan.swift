import AccessLog
import HTTP1
import ProxyRouting

/// What a route changes of a response's head; requests whose routes change nothing have none.
final class AnswerPlan {
    /// The changes, in order.
    var plans: [HeaderPlan] = []
    /// What format strings can tell, with the request's headers, beside each plan.
    var records: [LogRecord] = []
    /// A `set-cookie` value.
    var cookie: [UInt8]?

    /// The changes of a response's head.
    func edits(_ section: FieldSection, _ bytes: Span<UInt8>) -> HeaderEdits {
        var edits = HeaderEdits()
        for index in plans.indices { plans[index].change(&edits, response: section, bytes, &records[index]) }
        return edits
    }

    /// The lines of an answer that the proxy makes itself.
    func lines() -> String {
        let empty: [UInt8] = []
        return edits(ResponseHead.empty.section, empty.span).added.map { line in
            String(decoding: line.name + [0x3A, 0x20] + line.value, as: UTF8.self) + "\r\n"
        }
        .joined()
    }
}

extension Exchange {
    /// Keeps what a route changes of the response, if it does.
    func prepareAnswer(
        _ route: CompiledRoute,
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ target: Span<UInt8>,
        cluster: HeaderPlan? = nil
    ) {
        if let cluster { keep(cluster, route, head, bytes, target) }
        if !route.headers.keepsResponse { keep(route.headers, route, head, bytes, target) }
    }

    private func keep(
        _ plan: HeaderPlan,
        _ route: CompiledRoute,
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ target: Span<UInt8>
    ) {
        guard !plan.keepsResponse else { return }
        var record = routeRecord(route.name)
        plan.capture(head, bytes, target: target, into: &record)
        let answer = keepAnswerPlan()
        answer.plans.append(plan)
        answer.records.append(record)
    }

    /// The exchange's plan for the answer, made where there is none.
    func keepAnswerPlan() -> AnswerPlan {
        let plan = answerPlan ?? AnswerPlan()
        answerPlan = plan
        return plan
    }
}
