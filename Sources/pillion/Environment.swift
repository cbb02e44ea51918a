import Glibc

/// The environment variables of the process.
enum Environment {
    /// The value of a variable, or nil when it is not set.
    static subscript(name: String) -> String? {
        // Safety: getenv gives a NUL-terminated string that is copied at once; nothing here changes the environment.
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
