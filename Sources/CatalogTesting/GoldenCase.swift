/// A folder that says what a catalog should do to a pod or a workload.
///
/// | file | what it is |
/// |---|---|
/// | `pod.yaml` or `workload.yaml` | what goes in, as manifests |
/// | `options.yaml` | what is known beside it, see `GoldenOptions`; may be absent |
/// | `expected.yaml` | what has to come out, see `GoldenRecord` |
public struct GoldenCase: Sendable, Equatable {
    /// The names of files that hold what goes in, without their extension.
    static let inputs = ["pod", "workload"]

    /// The path of the folder.
    public let folder: String
    /// The name of the folder, or its path below the folder that was searched.
    public let name: String
    /// The path of what goes in.
    public let input: String
    /// The path of the options, when there are any.
    public let options: String?
    /// The path of what has to come out, when it is there.
    public let expected: String?

    /// Where what has to come out stands or is to stand.
    public var expectedPath: String { expected ?? "\(folder)/expected.yaml" }
}
