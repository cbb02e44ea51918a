/// A rectangle of a picture in pixels; `y` grows downwards.
struct Frame {
    /// The left edge.
    var x: Int
    /// The upper edge.
    var y: Int
    /// The width.
    var width: Int
    /// The height.
    var height: Int

    /// The right edge.
    var right: Int { x + width }
    /// The lower edge.
    var bottom: Int { y + height }
}
