import ArgumentParser

/// The folder and the validity of certificates that are made.
struct CertificateOptions: ParsableArguments {
    @Option(name: [.short, .long], help: ArgumentHelp("The folder.", valueName: "folder"))
    var directory: String = "pillion-certs"

    @Option(help: ArgumentHelp("How many days the serving certificate is valid.", valueName: "days"))
    var days: Int = 365

    /// The files of the folder.
    var folder: CertificateFolder { CertificateFolder(path: directory) }
    /// The validity in seconds.
    var lifetime: Int64 { Int64(days) * 86_400 }

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days must be from 1 to 3650") }
    }
}
