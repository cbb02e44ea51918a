import ArgumentParser
import SidecarCatalog

/// How the program was called.
enum Invocation {
    /// The name to call it by in help texts: `kubectl pillion` where it runs as a plugin of kubectl.
    ///
    /// kubectl starts `kubectl-pillion` for `kubectl pillion`
    /// (https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/).
    static let name = baseName == "kubectl-pillion" ? "kubectl pillion" : Pillion.programName

    private static var baseName: Substring {
        let path = CommandLine.arguments.first ?? ""
        return path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    }

    /// What is wrong with the first words when they name no command, with the nearest one; nil when all is well.
    static func unknownCommand(_ words: [String]) -> String? {
        var command: any ParsableCommand.Type = Pillion.self
        for word in words {
            let configuration = command.configuration
            guard !word.hasPrefix("-"), word != "help", !configuration.subcommands.isEmpty else { return nil }
            var names: [String] = []
            var named: (any ParsableCommand.Type)?
            for candidate in configuration.subcommands {
                let settings = candidate.configuration
                guard let name = settings.commandName else { continue }
                if name == word { named = candidate }
                if settings.shouldDisplay { names.append(name) }
            }
            if let named {
                command = named
                continue
            }
            let nearest = NearestName.nearest(to: word, among: names)
            guard configuration.defaultSubcommand == nil || nearest != nil else { return nil }
            let hint = nearest.map { "did you mean '\($0)'?" } ?? "there are: \(names.joined(separator: ", "))"
            return "'\(word.prefix(80))' is no command; \(hint)"
        }
        return nil
    }
}
