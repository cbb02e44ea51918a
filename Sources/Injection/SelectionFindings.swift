import SidecarCatalog

/// What is wrong with what a pod asks for, and what its author should know.
struct SelectionFindings: Sendable {
    /// What stands in the way, in the order in which it was found.
    private(set) var problems: [Reason] = []
    private(set) var warnings: [InjectionWarning] = []

    private static let softened: Set<ReasonCode> = [
        .unknownSidecar, .unknownVersion, .unknownParameter, .unknownAnnotation,
    ]
    /// How many unknown names are compared with those of the catalog: more of them are read by nobody.
    private static let maximumHints = 8
    private let unknown: Catalog.UnknownPolicy
    private var hints = 0

    /// Starts with nothing found.
    init(_ unknown: Catalog.UnknownPolicy) {
        self.unknown = unknown
    }

    /// Notes a warning.
    mutating func warn(_ code: InjectionWarning.Code, _ text: String) {
        warnings.append(InjectionWarning(code, text))
    }

    /// Notes a problem, or a warning where the catalog softens what is unknown.
    mutating func report(_ code: ReasonCode, _ text: String) {
        if unknown == .warn, Self.softened.contains(code) {
            warn(.unknownIgnored, text)
        } else {
            problems.append(Reason(code, text))
        }
    }

    /// Notes a name that is not known, with the nearest that is; the first few times, since a pod can bring thousands.
    mutating func reportUnknown(
        _ code: ReasonCode,
        _ text: String,
        _ name: String,
        _ known: @autoclosure () -> [String]
    ) {
        guard hints < Self.maximumHints else { return report(code, text) }
        hints += 1
        let known = known()
        let nearest = NearestName.nearest(to: name, among: known).map { "; did you mean \($0)?" }
        let all = known.isEmpty ? "; there are none" : "; known: \(known.prefix(12).joined(separator: ", "))"
        report(code, text + (nearest ?? all))
    }
}
