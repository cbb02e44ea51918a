@testable import SidecarCatalog
import Testing

@Suite("DecimalNumber")
struct DecimalNumberTests {
    @Test("numbers of any size are in order")
    func order() throws {
        let texts = [
            "-1e300", "-10", "-9.99", "-1", "-0.5", "-1e-300", "0", "1e-300", "0.0999", "0.1", "0.11", "1", "9", "10",
            "10.5", "11",
            "9007199254740992", "9007199254740993", "1e17", "123456789012345678901234567890", "1e300",
        ]
        let numbers = try texts.map { try #require(DecimalNumber($0)) }
        #expect(numbers.reversed().sorted() == numbers)
        #expect(Set(numbers).count == numbers.count)
    }

    @Test(
        "spellings of one number are equal",
        arguments: [
            ("1", "1.0"), ("100", "1e2"), ("1E+2", "10e1"), ("0", "-0"), ("0.00", "0e5"), ("0.010", "1e-2"),
            ("12.5", "125e-1"),
        ]
    )
    func equal(_ left: String, _ right: String) throws {
        #expect(DecimalNumber(left) == DecimalNumber(right))
        #expect(try #require(DecimalNumber(left)) >= #require(DecimalNumber(right)))
    }

    @Test("an integer is the number that is spelled like it", arguments: [0, 7, -120, Int128.max, Int128.min])
    func integers(_ value: Int128) {
        #expect(DecimalNumber(value) == DecimalNumber(value.description))
    }

    @Test("an exponent beyond reason is refused")
    func exponent() {
        #expect(DecimalNumber("1e99999999") == nil)
    }
}
