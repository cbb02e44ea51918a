import LoadBalancing
import Testing

@Suite struct XXHash64Tests {
    @Test(
        "Known texts have their known hashes",
        arguments: [
            ("", 0, 0xEF46_DB37_51D8_E999),
            ("a", 0, 0xD24E_C4F1_A98C_6E5B),
            ("abc", 0, 0x44BC_2CF5_AD77_0999),
            ("xxhash", 0, 0x32DD_3895_2C4B_C720),
            ("xxhash", 20_141_025, 0xB559_B98D_844E_0635),
            ("Nobody inspects the spammish repetition", 0, 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64, UInt64)]
    )
    func knownHashes(text: String, seed: UInt64, expected: UInt64) {
        #expect(XXHash64.hash(text, seed: seed) == expected)
    }

    @Test("Every length has a hash of its own")
    func lengths() {
        let hashes = (0..<200).map { XXHash64.hash(String(repeating: "x", count: $0)) }
        #expect(Set(hashes).count == 200)
    }

    @Test("The order of the parts of a request matters")
    func combination() {
        #expect(XXHash64.combine(nil, 5) == 5)
        #expect(XXHash64.combine(0x8000_0000_0000_0001, 0) == 3)
        #expect(XXHash64.combine(1, 2) != XXHash64.combine(2, 1))
    }
}
