import ArgumentParser
import Injection
import Inspection
import JSON
import Reports

/// Says which live pods do not have the sidecars that they should.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Say which live pods lack sidecars, or have others than they should; changes nothing.",
        discussion: """
            Reads what `kubectl get pods -A -o json` prints, however long it is; a watch (`-w`) as well, until it ends,
            where of each pod the last state counts. Pods that have ended or are being deleted are passed over.

              kubectl get pods -A -o json | pillion audit -f -

            missing        a rule gives the sidecar to new pods, or the pod asks for it beside others it has
            outdated       the sidecar is not as the catalog gives it now
            tampered       the sidecar is not as it was injected
            failed-open    the pod asks for sidecars and was admitted without Pillion (failurePolicy: Ignore)
            forged-status  the status speaks of what is not there, or cannot be read

            Exit status: 0 nothing found, 1 findings, 2 bad input.
            """
    )

    /// What is written to standard output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, junit
    }

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var engine: EngineOptions
    @OptionGroup var date: DateOption

    @Option(
        name: [.customShort("f"), .customLong("filename")],
        help: ArgumentHelp("A file or folder with pods, or - for standard input; may be repeated.", valueName: "path")
    )
    var paths: [String]

    @Option(name: [.short, .customLong("output")], help: "table, json or junit.")
    var output: Format = .table

    func run() throws {
        try Console.run {
            let environment = PodEnvironment(
                namespace: "default",
                ownNamespace: engine.ownNamespace,
                clusterVersion: engine.clusterVersion,
                date: date.day
            )
            var audit = Audit(PodInjector(catalog: try catalog.load()), environment: environment)
            var others = 0
            try ObjectInput.forEach(paths) { item, place in
                guard item.isPod else {
                    others += 1
                    return
                }
                do throws(PodError) {
                    try audit.look(at: item.value, isDeleted: item.isDeleted)
                } catch {
                    let name = Excerpt.quote(item.value["metadata"]?["name"]?.string ?? "")
                    throw CommandFailure("\(place): the pod \(name): \(error.location): \(error.reason)")
                }
            }
            if others > 0 { Console.note("\(others) objects are no pods and were passed over") }
            Console.note(AuditText.summary(audit))
            try write(audit)
            guard audit.isClean else { throw ExitStatus.negative }
        }
    }

    private func write(_ audit: Audit) throws {
        switch output {
        case .table: try Console.write(AuditText.table(audit))
        case .json: try Console.write(JSONWriter.pretty(AuditJSON.value(audit)) + [0x0A])
        case .junit: try Console.write(audit.testReport.junit)
        }
    }
}
