import ArgumentParser
import JSON

/// Writes a manual page, for whoever packages the program.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual page of a command, in mdoc.",
        discussion: """
            Without a command, the page of the program itself. Exit status: 0 done, 2 there is no such command.

            Examples:
              pillion manual | man -l -
              pillion manual inject > pillion-inject.1
            """,
        shouldDisplay: false
    )

    @Argument(help: ArgumentHelp("The command, with its subcommand if it has one.", valueName: "command"))
    var path: [String] = []

    @Flag(help: "List the names of all pages instead: the words of their commands, a line each.")
    var list = false

    func run() throws {
        try Console.run {
            let tree = try JSONParser.parse(Array(Pillion._dumpHelp().utf8))
            guard let command = tree["command"] else {
                throw CommandFailure("the program has no help to make a page of")
            }
            if list {
                return try Console.write(Self.paths(command, []).map { "\($0.joined(separator: " "))\n" }.joined())
            }
            var page = ManualPage(command: command, path: [])
            for word in path {
                guard let next = page.subcommands.first(where: { $0["commandName"]?.string == word }) else {
                    throw CommandFailure("'\(word)' is no command; `pillion manual --list` lists them")
                }
                page = ManualPage(command: next, path: page.path + [word])
            }
            try Console.write(page.text)
        }
    }

    private static func paths(_ command: JSONValue, _ path: [String]) -> [[String]] {
        let page = ManualPage(command: command, path: path)
        return [path] + page.subcommands.flatMap { paths($0, path + [$0["commandName"]?.string ?? ""]) }
    }
}
