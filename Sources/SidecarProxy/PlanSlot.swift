/// Where a loop keeps the plan of one filter chain that is in use now.
final class PlanSlot {
    var plan: ConnectionPlan

    init(_ plan: ConnectionPlan) {
        self.plan = plan
    }
}
