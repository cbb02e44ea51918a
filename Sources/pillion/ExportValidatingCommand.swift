import ArgumentParser
import ClusterPolicies

/// Writes the policy that checks pods after all mutation.
struct ExportValidatingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vap",
        abstract:
            "Write a ValidatingAdmissionPolicy that finds pods which went by the webhook (Kubernetes 1.30 and later).",
        discussion: """
            It checks after all mutation that a pod has the sidecars which it asks for or which a rule wants, as native
            sidecars and with an image of a version in the catalog, and that updates leave alone what Pillion wrote.
            Export it again with every change of the catalog.
            Exit status: 0 done, 2 bad input.

            Example:
              pillion export vap --catalog catalog/ --action Deny --action Audit | kubectl apply -f -
            """
    )

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var options: PolicyOptions

    @Option(
        help: ArgumentHelp(
            "Deny, Warn or Audit; may be repeated. Deny and Warn exclude each other. Default: Warn and Audit.",
            valueName: "action"
        )
    )
    var action: [ValidationAction] = []

    func run() throws {
        try Console.run {
            let loaded = try catalog.load()
            let settings = try options.settings()
            let documents = try PolicyOptions.Failure.describing { () throws(PolicyError) in
                let actions = action.isEmpty ? [ValidationAction.warn, .audit] : action
                return try ValidatingPolicy(catalog: loaded, settings: settings, actions: actions).documents()
            }
            try ExportCommand.write(documents, as: options.output)
        }
    }
}

extension ValidationAction: ExpressibleByArgument {
    /// Reads an action, in any case of letters.
    public init?(argument: String) {
        guard let action = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
            return nil
        }
        self = action
    }
}
