/// The names of the status codes of gRPC.
enum GRPCStatusName {
    private static let names: [(camel: String, snake: String)] = [
        ("OK", "OK"), ("Canceled", "CANCELLED"), ("Unknown", "UNKNOWN"), ("InvalidArgument", "INVALID_ARGUMENT"),
        ("DeadlineExceeded", "DEADLINE_EXCEEDED"), ("NotFound", "NOT_FOUND"), ("AlreadyExists", "ALREADY_EXISTS"),
        ("PermissionDenied", "PERMISSION_DENIED"), ("ResourceExhausted", "RESOURCE_EXHAUSTED"),
        ("FailedPrecondition", "FAILED_PRECONDITION"), ("Aborted", "ABORTED"), ("OutOfRange", "OUT_OF_RANGE"),
        ("Unimplemented", "UNIMPLEMENTED"), ("Internal", "INTERNAL"), ("Unavailable", "UNAVAILABLE"),
        ("DataLoss", "DATA_LOSS"), ("Unauthenticated", "UNAUTHENTICATED"),
    ]

    /// `DeadlineExceeded` for 4, and so on; the number itself where it has no name.
    static func camel(_ status: Int) -> String {
        names.indices.contains(status) ? names[status].camel : "\(status)"
    }

    /// `DEADLINE_EXCEEDED` for 4, and so on; the number itself where it has no name.
    static func snake(_ status: Int) -> String {
        names.indices.contains(status) ? names[status].snake : "\(status)"
    }
}
