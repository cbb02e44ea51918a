import JSON
import SidecarCatalog
import Testing

@Suite("Parameter")
struct ParameterTests {
    private func parameter(_ declaration: String) throws -> Parameter {
        let catalog = try Loaded.catalog(Document.both(version: ["parameters: {p: \(declaration)}"]))
        return try #require(catalog.firstVersion?.parameter("p"))
    }

    private func value(_ text: String, of declaration: String) throws -> String {
        try parameter(declaration).value(from: text).compactText
    }

    @Test(
        "a value takes the parameter's type",
        arguments: [
            ("{type: string}", "a b: {c} # d", "\"a b: {c} # d\""), ("{type: string}", "", "\"\""),
            ("{type: text}", "a\n\tb\n", "\"a\\n\\tb\\n\""),
            ("{type: integer}", "-12", "-12"), ("{type: integer}", "9007199254740993", "9007199254740993"),
            ("{type: number}", "1.50", "1.50"), ("{type: number}", "-1e3", "-1e3"), ("{type: boolean}", "true", "true"),
            ("{type: enum, values: [warn, info, 3, true]}", "info", "\"info\""),
            ("{type: enum, values: [3]}", "3", "\"3\""),
            ("{type: quantity}", "0.5Gi", "\"0.5Gi\""), ("{type: duration}", "1h30m", "\"1h30m\""),
            ("{type: port}", "65535", "65535"),
            ("{type: path}", "/var//log/./app/", "\"/var/log/app\""), ("{type: path}", "/a b/ä", "\"/a b/ä\""),
            ("{type: name}", "a.b-c", "\"a.b-c\""), ("{type: image}", "a.b/c:1", "\"a.b/c:1\""),
            ("{type: list}", "a, b ,c", "[\"a\",\"b\",\"c\"]"), ("{type: list}", "", "[]"),
            ("{type: list, items: port}", "80,443", "[80,443]"),
            ("{type: list, items: {type: enum, values: [x, z]}}", "z,x", "[\"z\",\"x\"]"),
            ("{type: string, pattern: '^[a-z]+$'}", "abc", "\"abc\""),
        ]
    )
    func accepts(_ declaration: String, _ text: String, _ expected: String) throws {
        #expect(try value(text, of: declaration) == expected)
    }

    @Test(
        "a value that is not of the type is refused",
        arguments: [
            ("{type: string}", "a\nb"), ("{type: string}", "a\u{0}b"), ("{type: string}", "a\u{85}b"),
            ("{type: string}", "a\u{2028}b"),
            ("{type: string}", "\u{7F}"), ("{type: string}", String(repeating: "x", count: 4097)),
            ("{type: text}", "a\u{1B}[31m"),
            ("{type: text}", "a\r\nb"), ("{type: text}", String(repeating: "x", count: 65537)),
            ("{type: integer}", "1.0"), ("{type: integer}", "1e3"), ("{type: integer}", "007"),
            ("{type: integer}", "+1"), ("{type: integer}", ""),
            ("{type: integer}", "99999999999999999999"), ("{type: integer}", " 1"), ("{type: integer}", "٣"),
            ("{type: integer}", "0x1"),
            ("{type: number}", "NaN"), ("{type: number}", "Infinity"), ("{type: number}", ".5"),
            ("{type: number}", "1e999999999"),
            ("{type: boolean}", "yes"), ("{type: boolean}", "True"), ("{type: boolean}", "1"),
            ("{type: enum, values: [a]}", "A"),
            ("{type: enum, values: [é]}", "e\u{301}"), ("{type: quantity}", "12Q"), ("{type: quantity}", "-1"),
            ("{type: quantity}", "1Mi}, {x: y"), ("{type: duration}", "5"), ("{type: duration}", "-1s"),
            ("{type: port}", "0"),
            ("{type: port}", "65536"), ("{type: port}", "http"), ("{type: path}", "a/b"), ("{type: path}", "/"),
            ("{type: path}", "//."),
            ("{type: path}", "/a/../b"), ("{type: path}", "/a\nb"), ("{type: path}", "/a:b"), ("{type: path}", ""),
            ("{type: path}", "/.."), ("{type: path}", "/a/../\u{301}b"), ("{type: list, items: path}", "/a,\u{301}/b"),
            ("{type: name}", "A"), ("{type: name}", "a..b"), ("{type: name}", ""), ("{type: name}", "a/b"),
            ("{type: image}", "A b"),
            ("{type: list}", "a,,b"), ("{type: list}", "a,b\nc"), ("{type: list, items: port}", "80,x"),
            ("{type: list}", String(repeating: "a,", count: 64) + "a"), ("{type: string, pattern: '[a-z]+'}", "abc1"),
            ("{type: string, pattern: 'a$'}", "a\n"),
        ]
    )
    func refuses(_ declaration: String, _ text: String) throws {
        let parameter = try parameter(declaration)
        #expect(throws: ParameterError.self) { try parameter.value(from: text) }
    }

    @Test(
        "what is refused is shown without characters that hide or turn text",
        arguments: ["\u{202E}", "\u{200B}", "\u{0}"]
    )
    func shown(_ character: String) throws {
        let parameter = try parameter("{type: port}")
        #expect { try parameter.value(from: "8\(character)0") } throws: { error in
            "\(error)".contains("8\u{FFFD}0") && !"\(error)".contains(character)
        }
    }

    @Test(
        "bounds are inclusive and compared by value",
        arguments: [
            ("{type: integer, minimum: 1, maximum: 16}", ["1", "16"], ["0", "17", "-1"]),
            (
                "{type: number, minimum: 0.1, maximum: 1e2}", ["0.1", "100", "0.10"],
                ["0.0999999999999999999999", "100.00000000000000000001"]
            ),
            (
                "{type: quantity, minimum: 64Mi, maximum: 1Gi}", ["64Mi", "65536Ki", "0.5Gi", "1024Mi", "1073741824"],
                ["63Mi", "1025Mi", "1", "2G"]
            ),
            ("{type: quantity, maximum: 500m}", ["0.5", "500m", "0"], ["501m", "1", "500000000001n"]),
            ("{type: duration, minimum: 1s, maximum: 1h}", ["1000ms", "60m"], ["999ms", "3601s"]),
            ("{type: port, minimum: 1024}", ["1024"], ["1023", "80"]),
        ]
    )
    func bounds(_ declaration: String, _ inside: [String], _ outside: [String]) throws {
        let parameter = try parameter(declaration)
        for text in inside {
            #expect(throws: Never.self, "\(text)") { try parameter.value(from: text) }
        }
        for text in outside {
            let error = #expect(throws: ParameterError.self, "\(text)") { try parameter.value(from: text) }
            #expect(error?.code == .outOfBounds)
        }
    }

    @Test("a refusal says what was given, what is allowed and what was meant")
    func message() throws {
        let parameter = try parameter("{type: enum, values: [error, warn, info]}")
        let error = #expect(throws: ParameterError.self) { try parameter.value(from: "inof") }
        #expect(error?.parameter == "p")
        #expect(
            error?.description
                == "'inof' is not one of error, warn, info; allowed: one of error, warn, info; did you mean 'info'?"
        )
    }

    @Test("a refusal shows no control characters and not all of a long value")
    func hostileMessage() throws {
        let parameter = try parameter("{type: name}")
        let error = #expect(throws: ParameterError.self) {
            try parameter.value(from: "\u{1B}[31m\r\n" + String(repeating: "A", count: 4000))
        }
        let reason = try #require(error?.reason)
        #expect(reason.utf8.count < 120)
        #expect(reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test(
        "what is allowed is a phrase",
        arguments: [
            ("{type: integer, minimum: 1, maximum: 16}", "a whole number from 1 to 16"),
            ("{type: port}", "a port from 1 to 65535"),
            ("{type: quantity, maximum: 1Gi}", "a quantity such as 250m or 64Mi of at most 1Gi"),
            ("{type: string, pattern: '[a-z]+'}", "one line of text matching [a-z]+"),
            ("{type: list, items: port}", "a comma-separated list of up to 64 items, each a port from 1 to 65535"),
        ]
    )
    func allowed(_ declaration: String, _ phrase: String) throws {
        #expect(try parameter(declaration).allowed == phrase)
    }

    @Test("a default has the parameter's type, and a parameter without one is required")
    func defaults() throws {
        #expect(try parameter("{type: quantity, default: 1}").default?.constant == "1")
        #expect(try parameter("{type: path, default: /a//b}").default?.constant == "/a/b")
        #expect(try parameter("{type: list, items: port, default: [80, 81]}").default?.constant == [80, 81])
        #expect(try parameter("{type: port, default: $(app.port)}").default?.references == [.appPort])
        #expect(try !parameter("{type: boolean, default: false}").isRequired)
        #expect(try parameter("{type: boolean}").isRequired)
    }

    @Test("a computed value is checked like a text")
    func computed() throws {
        let port = try parameter("{type: port, default: $(app.port)}")
        #expect(try port.checked(8080) == 8080)
        #expect(throws: ParameterError.self) { try port.checked(0) }
        #expect(throws: ParameterError.self) { try port.checked([]) }
    }
}
