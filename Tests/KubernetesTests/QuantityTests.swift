import Fixtures
import JSON
import Kubernetes
import Testing

@Suite("Quantity")
struct QuantityTests {
    @Test(
        "quantities are compared by value",
        arguments: [
            ("1024", "1Ki"), ("1000m", "1"), ("0.5Gi", "512Mi"), ("1e3", "1k"), ("1E3", "1000"), ("1e+3", "1k"),
            ("1E", "1000000000000000000"), (".5", "500m"), ("5.", "5"), ("+1", "1"), ("0.1n", "1n"),
            ("1.0000000001", "1.000000001"), ("0Ki", "0"), ("-0", "0"), ("1e-3", "1m"), ("1u", "1000n"),
            ("2M", "2000k"), ("3T", "3000G"), ("1P", "1000T"), ("1Ti", "1024Gi"), ("1Pi", "1024Ti"),
            ("7Ei", "7168Pi"), ("128974848", "123Mi"), ("129e6", "129M"), ("-1.5", "-1500m"),
            ("0.00000000093132257461547851562500Gi", "1"), ("0.0000000000000000000000000000000000000001", "1n"),
            ("1e-9999", "1n"), ("0e9999", "0"), ("0.0000000000000000000000000001e28", "1"),
        ]
    )
    func equal(_ left: String, _ right: String) throws {
        #expect(try #require(Quantity(left)) == #require(Quantity(right)))
    }

    @Test(
        "what is no quantity is refused",
        arguments: [
            "", "Mi", "1K", "1ki", "1mi", "1 Gi", "1,5", "1.2.3", "--1", "+-1", "1e", "1e1.5", "1e+", "0x10", "1e18E",
            ".", "1Mi ", "١", "1\n", "NaN", "inf", "1i", "1mm", "1Kii", "1e99999999999999999999",
            String(repeating: "9", count: 65), String(repeating: "0", count: 65),
        ]
    )
    func refused(_ text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test(
        "what is larger than 64 bits is capped",
        arguments: ["9223372036854775807", "9223372036854775808", "8Ei", "10E", "1e99", "1e9999", "9999999999999999Ei"]
    )
    func capped(_ text: String) {
        #expect(Quantity(text)?.nanos == Int128(Int64.max) * 1_000_000_000)
        #expect(Quantity("-" + text)?.nanos == -Int128(Int64.max) * 1_000_000_000)
    }

    @Test(
        "quantities are written canonically, in the format in which they were given",
        arguments: [
            ("0", "0"), ("0Gi", "0"), ("1.5", "1500m"), ("0.1", "100m"), ("100m", "100m"), ("1000m", "1"),
            ("1000", "1k"), ("1024", "1024"), ("1536", "1536"), ("1500000", "1500k"), ("10", "10"), ("1100", "1100"),
            ("1.5Gi", "1536Mi"), ("1Gi", "1Gi"), ("1024Mi", "1Gi"), ("0.5Ki", "512"), ("1.1Ki", "1126400m"),
            ("1025Ki", "1025Ki"), ("1e3", "1e3"), ("1500e3", "1500e3"), ("12e6", "12e6"), ("1e0", "1"),
            ("1e-3", "1e-3"),
            ("1e1", "10"), ("1e4", "10e3"), ("1500n", "1500n"), ("2000000u", "2"), ("-1.5", "-1500m"), ("-2Ki", "-2Ki"),
            ("1E", "1E"), ("9223372036854775807", "9223372036854775807"), ("0.3n", "1n"),
        ]
    )
    func canonical(_ text: String, _ expected: String) {
        #expect(Quantity(text)?.description == expected)
    }

    @Test(
        "CPU is counted in thousandths, rounded up",
        arguments: [
            ("250m", 250), ("1", 1000), ("0.5", 500), ("1n", 1), ("1500u", 2), ("0", 0), ("-1n", -1), ("8Ei", Int.max),
        ]
    )
    func milliValue(_ text: String, _ expected: Int) {
        #expect(Quantity(text)?.milliValue == expected)
        if expected != .max {
            #expect(Quantity(text)?.roundedToMilli.description == Quantity("\(expected)m")?.description)
        }
    }

    @Test("bytes are counted in whole units, rounded up", arguments: [("1Ki", 1024), ("1500m", 2), ("8Ei", Int.max)])
    func value(_ text: String, _ expected: Int) {
        #expect(Quantity(text)?.value == expected)
    }

    @Test("a sum is written as its left side, unless that is zero")
    func formatOfSum() throws {
        let (mebibytes, bytes) = (try #require(Quantity("1Mi")), try #require(Quantity("1M")))
        #expect((mebibytes + mebibytes).description == "2Mi")
        #expect((bytes + mebibytes).description == "2048576")
        #expect((Quantity.zero + mebibytes).description == "1Mi")
    }

    @Test("sums saturate")
    func saturates() {
        let largest = Quantity(nanos: .max)
        #expect(largest + Quantity(nanos: 1) == largest)
        let smallest = Quantity(nanos: -.max)
        #expect(smallest + smallest == smallest)
        #expect(!largest.description.isEmpty)
        #expect(Quantity(nanos: .min).description.hasPrefix("-"))
        #expect(largest.roundedToMilli >= largest)
    }

    @Test("strings and numbers in a pod are quantities, nothing else is")
    func json() throws {
        #expect(Quantity(json: "1Gi") == Quantity("1Gi"))
        #expect(Quantity(json: .number(try #require(JSONNumber("0.5")))) == Quantity("500m"))
        for value: JSONValue in [true, nil, [], [:], "", ["1"]] {
            #expect(Quantity(json: value) == nil)
        }
    }
}

@Suite("Quantity, random")
struct QuantityPropertyTests {
    private static let suffixes = ["n", "u", "m", "", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e3", "E-2", "e6"]

    /// A quantity with up to 12 digits and any suffix.
    private static func text(_ generator: inout SplitMix64) -> String {
        let digits = String(UInt64.random(in: 0..<1_000_000_000_000, using: &generator))
        let point = digits.index(digits.startIndex, offsetBy: Int.random(in: 0...digits.count, using: &generator))
        let sign = Bool.random(using: &generator) ? "" : "-"
        let fraction = digits[point...].prefix(3)
        return sign + digits[..<point] + (fraction.isEmpty ? "" : "." + fraction)
            + suffixes[
                Int.random(in: 0..<suffixes.count, using: &generator)
            ]
    }

    @Test("what is written is read as the same value, and written the same again", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let text = Self.text(&generator)
            guard let quantity = Quantity(text) else { continue }
            let again = try #require(Quantity(quantity.description), "\(text)")
            #expect(again == quantity, "\(text) became \(quantity)")
            #expect(again.description == quantity.description, "\(text)")
        }
    }

    @Test("sums and order agree", arguments: [4, 5, 6] as [UInt64])
    func order(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let texts = (Self.text(&generator), Self.text(&generator), Self.text(&generator))
            guard let a = Quantity(texts.0), let b = Quantity(texts.1), let c = Quantity(texts.2) else { continue }
            #expect(a + b == b + a, "\(texts)")
            #expect((a + b) + c == a + (b + c), "\(texts)")
            #expect((a < b) == (a + c < b + c), "\(texts)")
            #expect(a.milliValue >= 0 ? a.roundedToMilli >= a : a.roundedToMilli <= a, "\(texts)")
        }
    }

    @Test("no bytes trap the parser", arguments: [7, 8] as [UInt64])
    func noise(seed: UInt64) {
        let alphabet = Array("0123456789.eE+-numkMGTPEKi ٣x".unicodeScalars)
        var generator = SplitMix64(seed: seed)
        for _ in 0..<5000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...70, using: &generator) {
                text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
            }
            guard let quantity = Quantity(String(text)) else { continue }
            #expect(quantity.nanos.magnitude <= UInt128(Int64.max) * 1_000_000_000)
        }
    }
}
