/// A scalar as libyaml reports it.
struct YAMLScalar {
    let anchor: String?
    let tag: String?
    let value: String
    /// Whether it is plain and without a tag, so that its spelling decides about its type.
    let isImplicit: Bool
    /// Whether it is a literal or folded block.
    let isBlock: Bool

    /// The same scalar with a type that its spelling does not decide about.
    var asString: YAMLScalar {
        YAMLScalar(anchor: anchor, tag: tag, value: value, isImplicit: false, isBlock: isBlock)
    }
}
