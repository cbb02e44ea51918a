import ArgumentParser
import Settings

extension Pillion {
    /// Completes the command lines of `pillion webhook` and `pillion check` from environment and file, then runs the command;
    /// a word that names no command is answered with the nearest one.
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        if let problem = Invocation.unknownCommand(words) {
            Console.note("error: \(problem)\nFor all commands: \(Invocation.name) --help")
            exit(withError: ExitCode.validationFailure)
        }
        do {
            let additions = try WebhookCommand.resolution(of: words)?.additions ?? []
            var command: any ParsableCommand
            do {
                command = try parseAsRoot(words + additions.flatMap(\.words))
            } catch {
                try blame(error, on: additions)
                throw error
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as SettingsError {
            Console.note("error: \(error)")
            exit(withError: ExitStatus.failure)
        } catch {
            exit(withError: error)
        }
    }

    /// Throws with the place of the addition that alone is refused in the same words: a flag was not given by anybody.
    private static func blame(
        _ error: any Error,
        on additions: [(setting: Setting, source: SettingSource, words: [String])]
    ) throws {
        for addition in additions {
            do {
                _ = try WebhookCommand.parse(addition.words)
            } catch let alone {
                guard message(for: alone) == message(for: error) else { continue }
                throw SettingsError(.wrongValue, message(for: error), at: "\(addition.source)")
            }
        }
    }
}

extension WebhookCommand {
    /// What environment and file add to the command line; nil when it runs another command than this one
    /// and the one that checks its settings.
    static func resolution(of words: [String]) throws(SettingsError) -> SettingsResolution? {
        guard let name = words.first(where: { !$0.hasPrefix("-") }),
            [configuration.commandName, CheckCommand.configuration.commandName].contains(name),
            !words.contains(where: { $0 == "--help" || $0 == "-h" })
        else { return nil }
        return try SettingsResolution(
            known: WebhookSettings.all.map(\.setting),
            words: words,
            environment: { Environment[$0] }
        )
    }
}
