package import JSON

/// Which objects are meant, by their labels
/// (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors).
///
/// An object is meant when it meets all requirements:
///
/// | operator | met when |
/// |---|---|
/// | `In` (and `matchLabels`) | the label is there and has one of the values |
/// | `NotIn` | the label is absent or has none of the values |
/// | `Exists` | the label is there |
/// | `DoesNotExist` | the label is absent |
///
/// A selector without requirements means every object.
package struct LabelSelector: Sendable, Equatable {
    /// The ways to compare a label with values.
    package enum Operator: String, Sendable, CaseIterable {
        /// The label is there and has one of the values.
        case `in` = "In"
        /// The label is absent or has none of the values.
        case notIn = "NotIn"
        /// The label is there.
        case exists = "Exists"
        /// The label is absent.
        case doesNotExist = "DoesNotExist"

        /// Whether the operator compares with values; it has at least one then, and none otherwise.
        var takesValues: Bool { self == .in || self == .notIn }
    }

    /// One condition on one label.
    package struct Requirement: Sendable, Equatable {
        /// The label's key.
        package let key: String
        /// The comparison.
        package let `operator`: Operator
        /// What it compares with.
        package let values: [String]

        /// Whether labels meet the condition; one that is no string counts as absent.
        package func isMet(by labels: JSONObject?) -> Bool {
            let label = labels?[key]?.string
            switch self.operator {
            case .in: return label.map(has) ?? false
            case .notIn: return label.map { !has($0) } ?? true
            case .exists: return label != nil
            case .doesNotExist: return label == nil
            }
        }

        private func has(_ label: String) -> Bool {
            values.contains { $0.hasSameBytes(as: label) }
        }
    }

    /// The selector of every object.
    package static let everything = LabelSelector(requirements: [])

    /// What has to be met, `matchLabels` first.
    package let requirements: [Requirement]

    /// Makes a selector from requirements, all of which have to be met.
    package init(requirements: [Requirement]) {
        self.requirements = requirements
    }

    /// Whether the selector means every object.
    package var selectsEverything: Bool { requirements.isEmpty }

    /// Whether an object with these labels is meant; nil is an object without labels.
    package func matches(_ labels: JSONObject?) -> Bool {
        requirements.allSatisfy { $0.isMet(by: labels) }
    }
}
