import JSON
import Kubernetes

/// Makes one parameter of its declaration, whose shape has been checked.
struct ParameterBuilder {
    /// The parameter's name.
    let name: String
    /// The declaration.
    let value: JSONValue
    /// Where the declaration stands.
    let pointer: JSONPointer

    /// The parameter, or nil when its type is not known; everything else that is wrong is reported as well.
    func build(_ findings: inout DocumentFindings) -> Parameter? {
        checkName(&findings)
        guard let type = value["type"]?.string.flatMap(ParameterType.init) else { return nil }
        guard let rule = rule(type, &findings) else { return nil }
        let isRequired = value["required"]?.bool
        let draft = Parameter(
            name: name,
            type: type,
            description: value["description"]?.string ?? "",
            isRequired: isRequired ?? (value["default"] == nil),
            default: nil,
            rule: rule
        )
        guard let written = value["default"] else { return draft }
        let place = pointer.appending("default")
        if isRequired == true {
            let hint = "remove the default or 'required'"
            findings.error(
                .invalidParameter,
                "parameter '\(name)' is required and has a default",
                hint: hint,
                at: place
            )
        }
        return Parameter(
            name: name,
            type: type,
            description: draft.description,
            isRequired: false,
            default: defaultTemplate(written, draft, place, &findings),
            rule: rule
        )
    }

    private func checkName(_ findings: inout DocumentFindings) {
        let bytes = Array(name.utf8)
        let isValid =
            bytes.count <= Parameter.maximumNameLength && bytes.first?.isLetter == true
            && bytes.last?.isAlphanumeric == true
            && bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        guard !isValid else { return }
        let hint = "at most 63 letters, digits, '-' and '_', beginning with a letter and ending with a letter or digit"
        findings.nameError(.invalidName, "\(Quoted(name)) cannot name a parameter", hint: hint, at: pointer)
    }

    private func rule(_ type: ParameterType, _ findings: inout DocumentFindings) -> ValueRule? {
        guard type == .list else {
            if value["items"] != nil { refuse("items", "only a list has items", &findings) }
            return ValueRuleBuilder(type: type, value: value, pointer: pointer).build(&findings)
        }
        for field in ["minimum", "maximum", "pattern", "values"] where value[field] != nil {
            refuse(field, "put it below 'items'", &findings)
        }
        return items(&findings)
    }

    private func items(_ findings: inout DocumentFindings) -> ValueRule? {
        let place = pointer.appending("items")
        guard let items = value["items"] else { return ValueRule(type: .string) }
        let declaration: JSONValue = items.string.map { ["type": .string($0)] } ?? items
        if items.object != nil {
            var checker = ShapeChecker(findings)
            checker.check(items, .parameterItems, at: place)
            findings = checker.findings
        }
        let names = ParameterType.allCases.filter { $0 != .list && $0 != .text }.map(\.rawValue)
        guard let name = declaration["type"]?.string, let type = ParameterType(rawValue: name), names.contains(name)
        else {
            let hint = Hint.choose(declaration["type"]?.string ?? "", among: names, "allowed")
            findings.error(
                .invalidParameter,
                "the items of parameter '\(self.name)' have no usable type",
                hint: hint,
                at: place
            )
            return nil
        }
        return ValueRuleBuilder(type: type, value: declaration, pointer: place).build(&findings)
    }

    private func refuse(_ field: String, _ hint: String, _ findings: inout DocumentFindings) {
        let message = "parameter '\(name)' cannot have '\(field)'"
        findings.nameError(.invalidParameter, message, hint: hint, at: pointer.appending(field))
    }

    private func defaultTemplate(
        _ written: JSONValue,
        _ parameter: Parameter,
        _ place: JSONPointer,
        _ findings: inout DocumentFindings
    ) -> Template? {
        var compiler = TemplateCompiler(parameters: nil)
        let template = compiler.compile(written, as: .value, at: place)
        findings.append(compiler.issues)
        guard compiler.issues.isEmpty, let constant = template.constant else { return template }
        guard written.string != nil || !parameter.type.isText else {
            let hint = "put it in quotes; allowed: \(parameter.allowed)"
            findings.error(.invalidDefault, "the default of parameter '\(name)' is not a string", hint: hint, at: place)
            return nil
        }
        do throws(ParameterError) {
            return Template(constant: try parameter.checked(constant))
        } catch {
            let hint = error.suggestion.map { "did you mean '\($0)'?" } ?? "allowed: \(error.allowed)"
            findings.error(
                .invalidDefault,
                "the default of parameter '\(name)': \(error.reason)",
                hint: hint,
                at: place
            )
            return nil
        }
    }
}

extension ParameterType {
    /// Whether a value that YAML reads as a number or a boolean must be a mistake.
    fileprivate var isText: Bool {
        switch self {
        case .string, .text, .duration, .path, .name, .image: true
        case .integer, .number, .boolean, .enum, .quantity, .port, .list: false
        }
    }
}
