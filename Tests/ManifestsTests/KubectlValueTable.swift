import Fixtures

/// What kubectl 1.37.1 makes of YAML values, one a line: the value's YAML text and the JSON it becomes.
///
/// A line with one element is refused by kubectl. The table was made by running
/// `kubectl patch --local -f FILE --type=merge -p '{}' -o json` over an object whose member `v` has the text as its
/// value. Numbers are printed as the program that wrote the table does; they are compared by value.
enum KubectlValueTable {
    static let lines =
        (try? Fixture.bytes("yaml/kubectl-values.jsonl")).map { String(decoding: $0, as: UTF8.self) } ?? ""
}
