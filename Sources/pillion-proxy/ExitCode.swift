/// How the program ends.
enum ExitCode {
    /// All went well; also after SIGTERM, whatever was under way.
    static let success: CInt = 0
    /// Something failed while the program ran, or the proxy asked is not ready.
    static let failure: CInt = 1
    /// The configuration is wrong, or its addresses cannot be had.
    static let configuration: CInt = 2
    /// The command line is wrong (`EX_USAGE` of sysexits.h).
    static let usage: CInt = 64
}
