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

    /// The changes of a response's head with this status.
    func edits(_ section: FieldSection, _ bytes: Span<UInt8>, status: Int) -> HeaderEdits {
        var edits = HeaderEdits()
        for index in plans.indices {
            plans[index].change(&edits, response: section, bytes, status: status, &records[index])
        }
        return edits
    }

    /// The lines that an answer which the proxy makes itself gets.
    func lines(status: Int) -> String {
        let empty: [UInt8] = []
        return edits(ResponseHead.empty.section, empty.span, status: status).added.map { line in
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

    /// Tells the format strings of the answer's headers what has become known.
    ///
    /// - Parameters:
    ///   - answer: The changes and what their format strings know.
    ///   - status: The answer's status; as in Envoy 0 where the proxy answers itself.
    func describeAnswer(_ answer: AnswerPlan, status: Int) {
        for index in answer.records.indices {
            answer.records[index].responseCode = status
            answer.records[index].responseCodeDetails = details
            answer.records[index].flags = flags
            answer.records[index].attempts = tries
            answer.records[index].upstreamHost = upstreamHost.isEmpty ? nil : upstreamHost
            answer.records[index].upstreamCluster = clusterName.isEmpty ? nil : clusterName
            answer.records[index].bytesReceived = UInt64(bytesReceived)
            guard upstreamProtocol != nil else { continue }
            answer.records[index].upstreamRemoteAddress = answer.records[index].upstreamHost
            answer.records[index].upstreamLocalAddress = upstreamLocalAddress
            answer.records[index].upstreamProtocol = upstreamProtocol
        }
    }

    /// The exchange's plan for the answer, made where there is none.
    func keepAnswerPlan() -> AnswerPlan {
        let plan = answerPlan ?? AnswerPlan()
        answerPlan = plan
        return plan
    }
}
