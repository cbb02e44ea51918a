import JSON

/// A manual page in mdoc(7), made from what the argument parser knows about a command.
struct ManualPage {
    /// The command as the parser describes it.
    let command: JSONValue
    /// The words after the program's name; none for the program itself.
    let path: [String]

    /// The subcommands that have pages.
    var subcommands: [JSONValue] {
        (command["subcommands"]?.array ?? []).filter { $0["commandName"]?.string != "help" && Self.isShown($0) }
    }

    /// The page.
    var text: String {
        let title = (["pillion"] + path).joined(separator: "-")
        var lines = [
            ".Dd \(Pillion.date)", ".Dt \(title.uppercased()) 1", ".Os Pillion \(Pillion.version)", ".Sh NAME",
            ".Nm \(title)", ".Nd \(Roff.text(Self.phrase(command["abstract"]?.string ?? "")))", ".Sh SYNOPSIS",
        ]
        lines += synopsis
        lines +=
            [".Sh DESCRIPTION"] + Roff.paragraphs(command["discussion"]?.string ?? command["abstract"]?.string ?? "")
        if !arguments.isEmpty { lines += [".Sh OPTIONS", ".Bl -tag -width Ds"] + arguments.flatMap(item) + [".El"] }
        if !subcommands.isEmpty { lines += [".Sh COMMANDS", ".Bl -tag -width Ds"] + commandItems + [".El"] }
        lines += [
            ".Sh ENVIRONMENT", ".Bl -tag -width Ds", ".It Ev PILLION_CATALOG",
            "The catalog where no option names one.", ".It Ev NO_COLOR", "Not empty: no colours.",
            ".It Ev FORCE_COLOR", "Not empty and not 0: colours, also without a terminal.", ".El",
            ".Sh EXIT STATUS", ".Bl -tag -width Ds", ".It 0", "Done.", ".It 1",
            "A negative answer: denied, findings, differences.", ".It 2", "Bad input, or a failure.", ".It 64",
            "Wrong usage.", ".El", ".Sh SEE ALSO",
        ]
        return (lines + related).joined(separator: "\n") + "\n"
    }

    private var arguments: [JSONValue] {
        (command["arguments"]?.array ?? []).filter {
            Self.isShown($0) && ["help", "version"].contains(Self.long($0)) == false
        }
    }

    private var synopsis: [String] {
        let words = path.isEmpty ? [] : [".Cm \(path.joined(separator: " "))"]
        let options = arguments.map { argument -> String in
            let inner = argument["kind"]?.string == "positional" ? "Ar \(Self.value(argument))" : Self.macro(argument)
            let repeats = argument["isRepeating"]?.bool == true ? " ..." : ""
            return argument["isOptional"]?.bool == true ? ".Op \(inner)\(repeats)" : ".\(inner)\(repeats)"
        }
        return [".Nm pillion"] + words + options + (subcommands.isEmpty ? [] : [".Ar command"])
    }

    private func item(_ argument: JSONValue) -> [String] {
        let head = argument["kind"]?.string == "positional" ? "Ar \(Self.value(argument))" : Self.macro(argument)
        let short =
            Self.names(argument).first { $0.0 == "short" && $0.1 != Self.long(argument) }.map { "Fl \($0.1) , " } ?? ""
        var text = argument["abstract"]?.string ?? ""
        if let value = argument["defaultValue"]?.string, !value.isEmpty { text += " Default: \(value)." }
        return [".It \(short)\(head)"] + Roff.paragraphs(text)
    }

    private var commandItems: [String] {
        subcommands.flatMap { command in
            let title = (["pillion"] + path + [command["commandName"]?.string ?? ""]).joined(separator: "-")
            return [".It Xr \(title) 1"] + Roff.paragraphs(command["abstract"]?.string ?? "")
        }
    }

    private var related: [String] {
        let parents = path.indices.map { (["pillion"] + path[..<$0]).joined(separator: "-") }
        let children = subcommands.map {
            (["pillion"] + path + [$0["commandName"]?.string ?? ""]).joined(separator: "-")
        }
        let names = (parents + children + ["kubectl"]).sorted()
        return names.enumerated().map { ".Xr \($1) 1\($0 < names.count - 1 ? " ," : "")" }
    }

    private static func isShown(_ value: JSONValue) -> Bool { value["shouldDisplay"]?.bool ?? true }

    /// An abstract as a phrase behind a name: its first sentence, without the stop.
    private static func phrase(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func names(_ argument: JSONValue) -> [(String, String)] {
        (argument["names"]?.array ?? []).compactMap { name in
            guard let kind = name["kind"]?.string, let text = name["name"]?.string else { return nil }
            return (kind, text)
        }
    }

    private static func long(_ argument: JSONValue) -> String {
        names(argument).first { $0.0 == "long" }?.1 ?? names(argument).first?.1 ?? ""
    }

    private static func value(_ argument: JSONValue) -> String {
        Roff.text(argument["valueName"]?.string ?? "value")
    }

    private static func macro(_ argument: JSONValue) -> String {
        let flag = "Fl Fl \(long(argument))"
        return argument["kind"]?.string == "option" ? "\(flag) Ar \(value(argument))" : flag
    }
}
