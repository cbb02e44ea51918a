import JSON

/// A picture in SVG 1.1 while it is drawn: shapes and text with classes, nothing that runs or is fetched.
///
/// All text that goes in is escaped, and what XML cannot hold (control characters) is shown as `?`.
struct SVGDrawing {
    /// Where a text stands with respect to its place.
    enum Anchor: String {
        case start, middle, end
    }

    /// The elements so far.
    private(set) var elements = ""

    /// Draws a rectangle with round corners.
    mutating func rectangle(_ frame: Frame, radius: Int, _ style: String) {
        elements += "<rect x=\"\(frame.x)\" y=\"\(frame.y)\" width=\"\(frame.width)\" height=\"\(frame.height)\""
        elements += " rx=\"\(radius)\" class=\"\(style)\"/>\n"
    }

    /// Draws a line.
    mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ style: String) {
        elements += "<line x1=\"\(start.x)\" y1=\"\(start.y)\" x2=\"\(end.x)\" y2=\"\(end.y)\" class=\"\(style)\"/>\n"
    }

    /// Draws a circle.
    mutating func circle(at center: (x: Int, y: Int), radius: Int, _ style: String) {
        elements += "<circle cx=\"\(center.x)\" cy=\"\(center.y)\" r=\"\(radius)\" class=\"\(style)\"/>\n"
    }

    /// Writes a text; `y` is its base line.
    mutating func text(_ text: String, x: Int, y: Int, _ style: String, _ anchor: Anchor = .start) {
        let place = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        elements += "<text x=\"\(x)\" y=\"\(y)\"\(place) class=\"\(style)\">\(Self.escaped(text))</text>\n"
    }

    /// Puts what another drawing holds `y` further down, with a label for readers that are read to.
    mutating func add(_ other: SVGDrawing, y: Int, label: String) {
        elements += "<g transform=\"translate(0 \(y))\"><title>\(Self.escaped(label))</title>\n\(other.elements)</g>\n"
    }

    /// The whole document; it ends with a line feed.
    func document(width: Int, height: Int, title: String, description: String, style: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
        role="img" aria-label="\(Self.escaped(title))" class="pillion">
        <title>\(Self.escaped(title))</title>
        <desc>\(Self.escaped(description))</desc>
        <style>\(style)</style>
        <rect width="\(width)" height="\(height)" rx="12" class="paper"/>
        \(elements)</svg>

        """
    }

    /// A text as XML has it, in an element or in double quotes (XML 1.0, sections 2.2 and 2.4).
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case _ where !Excerpt.isPlain(scalar): result += "?"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
