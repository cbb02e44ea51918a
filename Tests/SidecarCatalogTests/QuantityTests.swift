@testable import SidecarCatalog
import Testing

@Suite("Quantity")
struct QuantityTests {
    @Test(
        "quantities are compared by value",
        arguments: [
            ("1024", "1Ki"), ("1000m", "1"), ("0.5Gi", "512Mi"), ("1e3", "1k"), ("1E3", "1000"),
            ("1E", "1000000000000000000"),
            (".5", "500m"), ("5.", "5"), ("+1", "1"), ("0.1n", "1n"), ("1.0000000001", "1.000000001"), ("0Ki", "0"),
            ("1e-3", "1m"),
            ("1u", "1000n"), ("2M", "2000k"), ("3T", "3000G"), ("1P", "1000T"), ("1Ti", "1024Gi"), ("1Pi", "1024Ti"),
            ("7Ei", "7168Pi"),
        ]
    )
    func equal(_ left: String, _ right: String) throws {
        #expect(try #require(Quantity(left)).nanos == #require(Quantity(right)).nanos)
    }

    @Test(
        "what Kubernetes refuses is refused",
        arguments: [
            "", "Mi", "1K", "1ki", "1mi", "1 Gi", "1,5", "1.2.3", "--1", "1e", "1e1.5", "0x10", "1e99",
            "9999999999999999999", "8Ei",
            "1e18E", ".", "1Mi ", "١", "1\n", "NaN", "inf", String(repeating: "9", count: 65),
            String(repeating: "0", count: 65),
        ]
    )
    func refused(_ text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test("the largest is what fits 64 bits")
    func largest() {
        #expect(Quantity("9223372036854775807")?.nanos == Int128(Int64.max) * 1_000_000_000)
        #expect(Quantity("9223372036854775808") == nil)
        #expect(Quantity("-1")?.nanos == -1_000_000_000)
    }
}
