import ArgumentParser

/// Writes a completion script.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Write the completion script of a shell: bash, zsh or fish.",
        discussion: """
            Sidecars are completed from the catalog that the command line would use.
            Exit status: 0 done.

            Examples:
              pillion completions bash > ~/.local/share/bash-completion/completions/pillion
              pillion completions zsh > "${fpath[1]}/_pillion"
              pillion completions fish > ~/.config/fish/completions/pillion.fish
            """
    )

    /// The shells.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: ArgumentHelp("bash, zsh or fish.", valueName: "shell"))
    var shell: Shell

    func run() throws {
        try Console.run {
            guard Invocation.name == Pillion.programName else {
                throw CommandFailure("a plugin has no completion of its own; call \(Pillion.programName) completions")
            }
            let kind: CompletionShell =
                switch shell {
                case .bash: .bash
                case .zsh: .zsh
                case .fish: .fish
                }
            try Console.write(Pillion.completionScript(for: kind) + "\n")
        }
    }
}
