import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("PodInjector: the decision")
struct PodInjectorTests {
    @Test("mirror pods, excluded namespaces and our own namespace are left alone, whatever they ask for")
    func exemptions() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let pod = TestPod.asking("logs")
        #expect(
            try injector.decide(pod, PodEnvironment(namespace: "kube-system")).decision.reason.code
                == .excludedNamespace
        )
        let own = PodEnvironment(namespace: "pillion-system", ownNamespace: "pillion-system")
        #expect(try injector.decide(pod, own).decision.reason.code == .ownNamespace)
        let mirror = TestPod.asking("logs", ["kubernetes.io/config.mirror": "x"])
        #expect(try injector.decide(mirror).decision.reason.code == .mirrorPod)
    }

    @Test("the object's own namespace is not believed")
    func namespace() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let pod = TestPod.pod(annotations: ["pillion.dev/inject": "logs"], metadata: ["namespace": "kube-system"])
        #expect(try injector.decide(pod).decision.name == "inject")
    }

    @Test(
        "each request gets its reason",
        arguments: [
            ([:], ReasonCode.notRequested),
            (["pillion.dev/inject": "false"], .optedOut),
            (["pillion.dev/inject": "logs, proxy"], .injected),
            (["pillion.dev/inject": " web "], .injected),
            (["pillion.dev/inject": "logs@1"], .injected),
            (["pillion.dev/inject": "logs:next"], .injected),
            (["pillion.dev/inject": "lgos"], .unknownSidecar),
            (["pillion.dev/inject": "true"], .unknownSidecar),
            (["pillion.dev/inject": "logs@9"], .unknownVersion),
            (["pillion.dev/inject": "logs@"], .unknownVersion),
            (["pillion.dev/inject": "logs@1.0.0,logs@2.0.0"], .contradictoryVersions),
            (["pillion.dev/inject": "logs", "pillion.dev/exclude": "logs"], .contradictoryExclude),
            (["pillion.dev/inject": "web", "pillion.dev/exclude": "logs"], .injected),
            (["pillion.dev/inject": "web", "pillion.dev/exclude": "nothing"], .unknownSidecar),
            (["pillion.dev/injct": "logs"], .unknownAnnotation),
            (["pillion.dev/inject": "logs", "logs.pillion.dev/pth": "/x"], .unknownParameter),
            (["pillion.dev/inject": "logs", "logs.pillion.dev/path": "x"], .invalidParameter),
            (["pillion.dev/inject": "logs", "logs.pillion.dev/level": "Info"], .invalidParameter),
            (["pillion.dev/inject": "logs", "lgos.pillion.dev/path": "/x"], .unknownSidecar),
            (["pillion.dev/inject": "logs", "pillion.dev/containers": "web"], .unknownContainer),
            (["pillion.dev/inject": "proxy", "proxy.pillion.dev/port": "70000"], .invalidParameter),
        ]
    )
    func requests(_ annotations: [String: String], _ code: ReasonCode) throws {
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.pod(annotations: annotations))
        #expect(outcome.decision.reason.code == code, "\(outcome.decision.reason.message)")
    }

    @Test("a denial names the annotation, the value and the nearest name")
    func nearest() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let message = try injector.decide(TestPod.asking("lgos")).decision.reason.message
        #expect(
            message.contains("pillion.dev/inject") && message.contains("\"lgos\"")
                && message.contains("did you mean logs?")
        )
        let parameter = try injector.decide(TestPod.asking("logs", ["logs.pillion.dev/pth": "/x"])).decision.reason
            .message
        #expect(parameter.contains("\"pth\"") && parameter.contains("did you mean path?"))
    }

    @Test("unknown things are warned about and ignored where the catalog says so")
    func softened() throws {
        let injector = PodInjector(catalog: try TestCatalog.small("  unknown: warn"))
        let mixed = try injector.decide(
            TestPod.asking("lgos, logs", ["logs.pillion.dev/pth": "/x", "pillion.dev/injct": "x"])
        )
        #expect(mixed.decision.name == "inject")
        #expect(mixed.injected.map(\.name) == ["logs"])
        #expect(mixed.warnings.map(\.code) == [.unknownIgnored, .unknownIgnored, .unknownIgnored])
        #expect(try injector.decide(TestPod.asking("lgos")).decision.reason.code == .nothingKnown)
    }

    @Test("a parameter for a sidecar that is not asked for is a warning")
    func unusedParameter() throws {
        let outcome = try PodInjector(catalog: try TestCatalog.small()).decide(
            TestPod.asking("logs", ["proxy.pillion.dev/port": "1"])
        )
        #expect(outcome.decision.name == "inject")
        #expect(outcome.warnings.map(\.code) == [.unusedParameter])
    }

    @Test("refused kinds of pods are denied, never passed over in silence")
    func refusedKinds() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let windows = TestPod.asking("logs", spec: ["os": ["name": "windows"]])
        #expect(try injector.decide(windows).decision.reason.code == .windowsPod)
        let host = TestPod.asking("proxy", spec: ["hostNetwork": true])
        #expect(try injector.decide(host).decision.reason.code == .hostNetwork)
        #expect(try injector.decide(TestPod.asking("logs", spec: ["hostNetwork": true])).decision.name == "inject")
    }

    @Test("without native sidecars a plain container comes first, but never into a pod that should end")
    func fallback() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let old = PodEnvironment(namespace: "shop", clusterVersion: KubernetesVersion(major: 1, minor: 28))
        let outcome = try injector.decide(TestPod.asking("web"), old)
        #expect(outcome.pod.names("containers") == ["proxy", "logs", "app"])
        #expect(outcome.pod.names("initContainers") == ["proxy-route"])
        #expect(outcome.pod.container("proxy")?["restartPolicy"] == nil)
        #expect(outcome.pod.annotation("kubectl.kubernetes.io/default-container") == "app")
        #expect(outcome.warnings.map(\.code) == [.plainContainer])
        let job = TestPod.asking("logs", spec: ["restartPolicy": "Never"])
        #expect(try injector.decide(job, old).decision.reason.code == .noNativeSidecars)
        #expect(try injector.decide(outcome.pod, old).decision.reason.code == .alreadyInjected)
    }

    @Test("the same input gives the same bytes")
    func determinism() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let outcomes = try (0..<5).map { _ in try injector.decide(TestPod.asking("web")).decision.patch.json.compactText
        }
        #expect(Set(outcomes).count == 1)
    }
}
