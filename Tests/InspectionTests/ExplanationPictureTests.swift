import Foundation
import FoundationXML
import Injection
import JSON
import Testing

@testable import Inspection

@Suite("Pictures of explanations")
struct ExplanationPictureTests {
    /// What an XML reader finds in a document.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]
        var classes: Set<String> = []
        var text = ""

        func parser(
            _ parser: XMLParser,
            didStartElement element: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements[element, default: 0] += 1
            classes.formUnion((attributes["class"] ?? "").split(separator: " ").map(String.init))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    private func workload(_ pod: JSONValue, name: String = "web") throws -> ExplainedWorkload {
        let explanation = try Sample.explain(pod)
        return ExplainedWorkload(
            place: "web.yaml:1",
            kind: "Pod",
            name: name,
            namespace: "shop",
            explanation: explanation
        )
    }

    private func containers(_ names: [String]) -> JSONObject {
        let list = names.map { name -> JSONValue in
            ["name": .string(name), "image": "registry.example/app:1", "ports": [["containerPort": 8080]]]
        }
        return ["containers": .array(list)]
    }

    private func read(_ picture: String) throws -> Reader {
        let (parser, reader) = (XMLParser(data: Data(picture.utf8)), Reader())
        parser.delegate = reader
        try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") in\n\(picture)")
        return reader
    }

    @Test("it is XML with the containers, the shared volume and what is new, described for those who cannot see it")
    func content() throws {
        let picture = ExplanationPicture.svg([try workload(Sample.asking("web"))])
        let reader = try read(picture)
        for text in [
            "Pod/web", "+ proxy", "+ logs", "app", ":8080", "native sidecar · new", "+ logs-logs", "Burstable",
        ] {
            #expect(reader.text.contains(text), "\(text)")
        }
        #expect(reader.text.contains("Containers in start order: proxy, logs, app."))
        #expect(picture.contains("role=\"img\""))
        #expect(reader.elements["desc"] == 1)
    }

    @Test("it has a style for each class, for light and for dark screens, and nothing that runs or is fetched")
    func style() throws {
        let picture = ExplanationPicture.svg([
            try workload(Sample.asking("web")), try workload(Sample.asking("lgos")), try workload(Sample.pod()),
        ])
        let reader = try read(picture)
        for name in reader.classes.subtracting(["pillion"]) {
            #expect(picture.contains(".\(name){") || picture.contains(".\(name),"), "no style for \(name)")
        }
        #expect(picture.contains("@media (prefers-color-scheme:dark)"))
        let rest = picture.replacing("http://www.w3.org/2000/svg", with: "")
        for word in ["<script", "href", "url(", "http", "@import", "<image", "onload"] { #expect(!rest.contains(word)) }
    }

    @Test(
        "hostile names stay text",
        arguments: [
            "<script>alert(1)</script>", "\"/><image href='x'/>", "]]>&amp;", "a\u{0}b\u{1B}[2J\u{202E}c", "\u{FFFE}",
        ]
    )
    func hostile(name: String) throws {
        let pod = Sample.pod(["pillion.dev/inject": "logs"], name: name, spec: containers([name]))
        let reader = try read(ExplanationPicture.svg([try workload(pod, name: name)]))
        #expect(reader.elements["script"] == nil)
        #expect(reader.elements["image"] == nil)
        #expect(!reader.text.contains("\u{202E}"))
    }

    @Test("a denied pod says why and what to do")
    func denied() throws {
        let reader = try read(ExplanationPicture.svg([try workload(Sample.asking("lgos"))]))
        #expect(reader.text.contains("deny: unknown-sidecar"))
        #expect(reader.text.contains("did you mean logs?"))
        #expect(reader.text.contains("→ Correct the name"))
    }

    @Test("a pod of a hundred containers and thirty workloads stay small, and say how many are not shown")
    func bounded() throws {
        let names = (0..<100).map { "a-container-with-a-long-name-\($0)" }
        let large = try workload(Sample.pod(["pillion.dev/inject": "logs"], spec: containers(names)))
        let picture = ExplanationPicture.svg([large])
        #expect(picture.utf8.count < 64 << 10)
        let text = try read(picture).text
        #expect(text.contains("and 60 more containers"))
        #expect(text.contains("and 61 more containers"))
        #expect(text.contains("+ logs"))
        let many = ExplanationPicture.svg(Array(repeating: large, count: 30))
        #expect(many.utf8.count < 1 << 20)
        #expect(try read(many).text.contains("and 10 more workloads"))
    }

    @Test("no workload is a picture as well")
    func empty() throws {
        #expect(try read(ExplanationPicture.svg([])).text.contains("no pods"))
    }
}
