import Glibc

/// The environment of the process.
enum Environment {
    /// The value of a variable, or nil when it is not set.
    static func value(_ name: String) -> String? {
        // Safety: the string is copied before anything could change the environment.
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
