import ArgumentParser
import ClusterPolicies

/// What exported policies are called and whom they leave alone.
struct PolicyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The name of the objects, or what their names begin with.", valueName: "name"))
    var name: String = "pillion"

    @Option(help: ArgumentHelp("Pillion's own namespace, whose pods are left alone.", valueName: "name"))
    var ownNamespace: String = "pillion-system"

    @Option(name: [.short, .customLong("output")], help: "yaml or json.")
    var output: ExportCommand.Format = .yaml

    /// The checked settings.
    func settings() throws -> PolicySettings {
        try Failure.describing { () throws(PolicyError) in
            try PolicySettings(name: name, ownNamespace: ownNamespace)
        }
    }

    /// Shows what cannot be exported as the failure of a command.
    enum Failure {
        /// Runs `body`; its error becomes one that a command ends with.
        static func describing<Result>(_ body: () throws(PolicyError) -> Result) throws -> Result {
            do throws(PolicyError) {
                return try body()
            } catch {
                throw CommandFailure(error.reason)
            }
        }
    }
}
