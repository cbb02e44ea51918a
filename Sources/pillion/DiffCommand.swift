import ArgumentParser
import ManifestInjection
import Reports

/// Shows what an injection would change.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what `pillion inject` would change, as a unified diff.",
        discussion: """
            Colours are for a terminal only; NO_COLOR switches them off.
            Exit status, as that of kubectl diff: 0 nothing changes, 1 something does, 2 bad input or a denied pod.

            Example:
              pillion diff -f manifests/
            """
    )

    @OptionGroup var options: InjectionOptions

    @Flag(help: "Only say how many lines of which file change.")
    var summary = false

    func run() throws {
        try Console.run {
            var (changed, count) = (0, 0)
            let isDenied = try options.forEachFile { file in
                count += 1
                guard file.isChanged else { return }
                changed += 1
                try Console.write(summary ? Self.summary(of: file) : file.diff(label: "injected"))
            }
            guard !isDenied else { throw ExitStatus.failure }
            if summary { try Console.write("\(changed) of \(count) files change\n") }
            guard changed == 0 else { throw ExitStatus.negative }
        }
    }

    private static func summary(of file: InjectedFile) -> String {
        let counts = UnifiedDiff.counts(file.original, file.text)
        return "\(file.name): +\(counts.added) -\(counts.removed)\n"
    }
}
