/// A header that is added: `core.v3.HeaderValueOption`.
public struct HeaderValueOption: Sendable, Hashable {
    /// What happens when the header is there already: `append_action`.
    public enum AppendAction: String, Sendable, CaseIterable {
        /// Another line is added.
        case appendIfExistsOrAdd = "APPEND_IF_EXISTS_OR_ADD"
        /// Nothing.
        case addIfAbsent = "ADD_IF_ABSENT"
        /// The old lines go.
        case overwriteIfExistsOrAdd = "OVERWRITE_IF_EXISTS_OR_ADD"
        /// The old lines go; a header that is not there is not added.
        case overwriteIfExists = "OVERWRITE_IF_EXISTS"
    }

    /// `header.key`: a token, as it was written; neither a pseudo-header nor `host`.
    public var name: String
    /// `header.value`: a format string with `%COMMAND%` operators, without CR, LF and NUL.
    public var value: String
    /// `append_action` (APPEND_IF_EXISTS_OR_ADD).
    public var action: AppendAction
    /// `keep_empty_value`: whether a header whose value comes out empty is added nevertheless (false).
    public var keepsEmptyValue: Bool

    /// Makes an option.
    public init(
        _ name: String,
        _ value: String,
        action: AppendAction = .appendIfExistsOrAdd,
        keepsEmptyValue: Bool = false
    ) {
        self.name = name
        self.value = value
        self.action = action
        self.keepsEmptyValue = keepsEmptyValue
    }
}
