import Testing

@testable import Inspection

@Suite("Text that is measured without fonts")
struct TextMeasureTests {
    private let font = TextMeasure.Font(12)

    @Test("wide letters take more room than narrow ones, and bold ones more than plain ones")
    func widths() {
        #expect(TextMeasure.width("iiii", font) < TextMeasure.width("nnnn", font))
        #expect(TextMeasure.width("nnnn", font) < TextMeasure.width("会会会会", font))
        #expect(TextMeasure.width("会", font) < TextMeasure.width("🚀", font))
        #expect(TextMeasure.width("e\u{301}", font) == TextMeasure.width("e", font))
        #expect(TextMeasure.width("web", font) < TextMeasure.width("web", .init(12, isBold: true)))
    }

    @Test("a text is cut to its room with an ellipsis", arguments: ["a-very-long-name-of-a-container", "会计服务结算消费者非常长"])
    func elide(text: String) {
        let cut = TextMeasure.elide(text, to: 80, font)
        #expect(TextMeasure.width(cut, font) <= 80)
        #expect(cut.hasSuffix("…"))
        #expect(text.hasPrefix(cut.dropLast()))
        #expect(TextMeasure.elide("short", to: 80, font) == "short")
    }

    @Test("a sentence is wrapped at spaces, and its last line cut")
    func wrap() {
        let text = "one two three four five six seven eight nine ten"
        let lines = TextMeasure.wrap(text, to: 90, lines: 3, font)
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { TextMeasure.width($0, font) <= 90 })
        #expect(lines.last?.hasSuffix("…") == true)
        #expect(TextMeasure.wrap(text, to: 1000, lines: 3, font) == [text])
        #expect(TextMeasure.wrap("", to: 90, lines: 3, font).isEmpty)
    }
}
