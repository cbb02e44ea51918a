import JSON
import Kubernetes

/// Reads `resources` of the catalog.
struct ResourcePolicyBuilder {
    /// The declaration; nil when there is none.
    let value: JSONValue?
    /// Where it stands.
    let pointer: JSONPointer

    /// The policy; everything that is wrong with it is reported.
    func build(_ findings: inout DocumentFindings) -> ResourcePolicy {
        ResourcePolicy(
            required: required(&findings),
            perPod: perPod(&findings),
            guaranteed: value?["guaranteed"]?.string.flatMap(GuaranteedPolicy.init) ?? .match
        )
    }

    private func required(_ findings: inout DocumentFindings) -> [ResourceField] {
        var fields: [ResourceField] = []
        for (index, element) in (value?["required"]?.array ?? []).enumerated() {
            guard let text = element.string else { continue }
            let place = pointer.appending("required").appending(index)
            guard let field = ResourceField(text) else {
                let usual = ["cpu", "memory", "ephemeral-storage"].flatMap { ["requests.\($0)", "limits.\($0)"] }
                let hint = Hint.nearest(text, among: usual) ?? "write \(ResourceField.allowed)"
                findings.error(.invalidValue, "\(Quoted(text)) is no resource field", hint: hint, at: place)
                continue
            }
            if fields.contains(field) {
                findings.warning(.duplicateName, "'\(field)' is listed twice", hint: "remove one", at: place)
            } else {
                fields.append(field)
            }
        }
        return fields
    }

    private func perPod(_ findings: inout DocumentFindings) -> [(resource: String, maximum: Quantity)] {
        var budget: [(resource: String, maximum: Quantity)] = []
        for member in value?["perPod"]?.object?.members ?? [] {
            let place = pointer.appending("perPod").appending(member.key)
            guard let text = member.value.string ?? member.value.number?.lexeme else { continue }
            guard let quantity = Quantity(text), quantity.nanos >= 0 else {
                let hint = "write a quantity that is not negative, such as 500m or 1Gi"
                findings.error(.invalidValue, "\(Quoted(text)) is no amount of \(member.key)", hint: hint, at: place)
                continue
            }
            budget.append((member.key, quantity))
        }
        return budget
    }
}
