import Testing

@testable import Observability

@Suite("Metric exposition")
struct ExpositionTests {
    private func text(_ registry: MetricRegistry) -> String {
        String(decoding: registry.exposition(), as: UTF8.self)
    }

    @Test("a counter has HELP, TYPE and one sample")
    func counter() {
        let registry = MetricRegistry()
        let counter = registry.counter("a_total", help: "What a is.")
        counter.increment()
        counter.increment(by: 2)
        #expect(text(registry) == "# HELP a_total What a is.\n# TYPE a_total counter\na_total 3\n")
    }

    @Test("families come in the order of their names, samples in the order of their first use")
    func order() {
        let registry = MetricRegistry()
        registry.gauge("b", help: "B.").set(1.5)
        let family = registry.counters("a_total", help: "A.", labels: ["x", "y"])
        family["2", "b"].increment()
        family["1", "a"].increment(by: 7)
        let samples = text(registry).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(samples == ["a_total{x=\"2\",y=\"b\"} 1", "a_total{x=\"1\",y=\"a\"} 7", "b 1.5"])
    }

    @Test(
        "label values are escaped",
        arguments: [("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb"), ("é\u{202e}", "é\u{202e}")]
    )
    func labelEscapes(value: String, written: String) {
        let registry = MetricRegistry()
        registry.counters("a_total", help: "A.", labels: ["x"])[value].increment()
        #expect(text(registry).hasSuffix("\na_total{x=\"\(written)\"} 1\n"))
    }

    @Test("help is escaped, its quotes are not")
    func helpEscapes() {
        let registry = MetricRegistry()
        _ = registry.counter("a_total", help: "a\nb\\c\"d")
        #expect(text(registry).hasPrefix("# HELP a_total a\\nb\\\\c\"d\n"))
    }

    @Test(
        "numbers are written as the format asks",
        arguments: [
            (1, "1"), (-2, "-2"), (0.25, "0.25"), (1e21, "1e+21"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"),
        ] as [(Double, String)]
    )
    func numbers(value: Double, written: String) {
        #expect(Exposition.text(of: value) == written)
    }

    @Test("a histogram's buckets add up, and the last one is the count")
    func histogram() {
        let registry = MetricRegistry()
        let histogram = registry.histogram("h_seconds", help: "H.", buckets: HistogramBuckets([0.5, 0.1]))
        histogram.observe(0.1)
        histogram.observe(Duration.milliseconds(250))
        histogram.observe(3)
        let samples = text(registry).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                "h_seconds_bucket{le=\"0.1\"} 1", "h_seconds_bucket{le=\"0.5\"} 2", "h_seconds_bucket{le=\"+Inf\"} 3",
                "h_seconds_sum 3.35", "h_seconds_count 3",
            ]
        )
    }

    @Test("label sets beyond the limit share one")
    func cardinality() {
        let registry = MetricRegistry()
        let family = registry.counters("a_total", help: "A.", labels: ["x", "y"], limit: 3)
        for number in 0..<1_000 {
            family["\(number)", "v"].increment()
        }
        #expect(family.count == 4)
        #expect(family["999", "v"].value == 997)
        #expect(text(registry).contains("a_total{x=\"other\",y=\"other\"} 997\n"))
    }

    @Test("observed values are read at each exposition")
    func observed() {
        let registry = MetricRegistry()
        let source = Counter()
        registry.observe("o", help: "O.", kind: .gauge) { [MetricSample(Double(source.value), labels: [("x", "1")])] }
        source.increment()
        #expect(text(registry).hasSuffix("o{x=\"1\"} 1\n"))
        source.increment()
        #expect(text(registry).hasSuffix("o{x=\"1\"} 2\n"))
    }

    @Test("no increment is lost between threads")
    func concurrent() async {
        let registry = MetricRegistry()
        let family = registry.counters("a_total", help: "A.", labels: ["x"])
        let gauge = registry.gauge("g", help: "G.")
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<1_000 {
                        family["v"].increment()
                        gauge.add(0.5)
                    }
                }
            }
        }
        #expect(family["v"].value == 4_000)
        #expect(gauge.value == 2_000)
    }

    @Test(
        "the standard process metrics are there and make sense",
        arguments: [
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_virtual_memory_bytes",
            "process_open_fds", "process_max_fds", "process_start_time_seconds",
        ]
    )
    func process(name: String) throws {
        let registry = MetricRegistry()
        ProcessMetrics.register(in: registry, version: "1.2.3")
        let lines = text(registry).split(separator: "\n")
        #expect(lines.contains("pillion_build_info{version=\"1.2.3\"} 1"))
        let sample = try #require(lines.first { $0.hasPrefix(name + " ") })
        let value = try #require(Double(sample.dropFirst(name.utf8.count + 1)))
        #expect(value > 0)
    }

    @Test("the start time is found behind any process name")
    func startTicks() {
        let fields = (3...52).map { "\($0)" }.joined(separator: " ")
        #expect(ProcFile.startTicks("1 (a) b ) c) \(fields)") == 22)
        #expect(ProcFile.startTicks("garbage") == nil)
    }
}
