import ArgumentParser

/// Makes, renews and inspects certificates.
struct CertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certs",
        abstract: "Make, renew and inspect a development CA and a serving certificate.",
        discussion: """
            Example:
              pillion certs create --directory certs --service pillion
            """,
        subcommands: [CertsCreateCommand.self, CertsRenewCommand.self, CertsInspectCommand.self]
    )
}
