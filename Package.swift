// swift-tools-version: 6.3

import PackageDescription

/// The settings of every target: Swift 6, explicit imports and existentials, marked unsafety, no warning left.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A program has no users of its symbols: their tables would be a tenth of it, and partly in memory.
let unexported: [LinkerSetting] = [
    .unsafeFlags(["-Xlinker", "--no-export-dynamic"], .when(configuration: .release))
]

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioConcurrency: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// A library target with the house settings.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The test target of `name`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name)] + dependencies,
        swiftSettings: strict
    )
}

let package = Package(
    name: "pillion",
    products: [
        .executable(name: "pillion", targets: ["pillion"]),
        .executable(name: "pillion-proxy", targets: ["pillion-proxy"]),
        // For the benchmarks and fuzzers, which are packages of their own.
        .library(
            name: "PillionEngine",
            targets: ["JSON", "Kubernetes", "Admission", "SidecarCatalog", "Injection", "Manifests"]
        ),
        .library(
            name: "PillionServer",
            targets: ["HTTP1", "OpenSSL", "Observability", "ServerCore", "ServerTLS", "ServerHTTP", "AdmissionWebhook"]
        ),
        .library(
            name: "PillionProxy",
            targets: [
                "SidecarProxy", "ProxyConfiguration", "ProxyHeaders", "ProxyRouting", "LoadBalancing", "AccessLog",
                "RegularExpressions", "NameResolution",
            ]
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        // Values
        library("JSON"),
        library("HTTP1"),
        library("Spelling"),
        library("AccessLog", ["JSON", "Spelling"]),
        library("Reports", ["JSON"]),

        // Domain
        library("Kubernetes", ["JSON"]),
        library("Admission", ["JSON"]),
        library("SidecarCatalog", ["JSON", "Kubernetes"]),
        library("Injection", ["JSON", "Kubernetes", "Admission", "SidecarCatalog"]),
        library("CatalogLint", ["JSON", "Kubernetes", "SidecarCatalog"]),
        library("Inspection", ["JSON", "Reports", "Kubernetes", "SidecarCatalog", "Injection"]),
        library("ClusterPolicies", ["JSON", "Kubernetes", "SidecarCatalog", "Injection"]),
        library("RegularExpressions"),
        library("ProxyConfiguration", ["JSON", "Spelling", "AccessLog", "RegularExpressions"]),
        library("ProxyHeaders", ["ProxyConfiguration"]),
        library("LoadBalancing", ["ProxyConfiguration"]),
        library("ProxyRouting", ["HTTP1", "AccessLog", "LoadBalancing", "RegularExpressions", "ProxyConfiguration"]),

        // Adapters
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CResolv"),
        .systemLibrary(name: "CSplice"),
        library("Manifests", ["JSON", "CLibYAML"]),
        library("OpenSSL", ["COpenSSL", nioCore, nioTLS]),
        library("HTTP2", [nioCore]),
        library("HTTPClient", ["HTTP1", "OpenSSL", nioCore, nioPosix, nioTLS]),
        library("NameResolution", ["CResolv", "ProxyConfiguration", "LoadBalancing", nioPosix]),
        library("ServerCore", ["CMalloc", nioCore, nioPosix, nioConcurrency, lifecycle, logging]),
        library("ServerTLS", ["ServerCore", "OpenSSL", nioCore, nioTLS, nioPosix, lifecycle]),
        library("KubernetesAPI", ["JSON", "OpenSSL", "HTTPClient", nioCore, nioPosix]),
        library("CertificateRotation", ["JSON", "OpenSSL", "KubernetesAPI", "ServerTLS", lifecycle]),
        library("ServerHTTP", ["HTTP1", "ServerCore", nioCore, nioHTTP1, logging]),
        library("Observability", [logging]),
        library("Settings", ["JSON", "SidecarCatalog", "Manifests"]),
        library("ManifestInjection", ["JSON", "SidecarCatalog", "Injection", "Manifests"]),
        library("Tracing", ["JSON", "HTTPClient", lifecycle]),
        library("SetupCheck", ["JSON", "OpenSSL"]),
        library("CatalogTesting", ["JSON", "Reports", "SidecarCatalog", "Injection", "Manifests"]),

        // Services
        library(
            "AdmissionWebhook",
            [
                "JSON", "Admission", "SidecarCatalog", "Injection", "Manifests", "ServerCore", "ServerHTTP",
                "Tracing", "Observability", nioCore, nioPosix, nioHTTP1, logging,
            ]
        ),
        library(
            "SidecarProxy",
            [
                "JSON", "ProxyConfiguration", "ProxyRouting", "HTTP1", "ServerCore", "ServerTLS", "ServerHTTP",
                "OpenSSL", "AccessLog", "LoadBalancing", "NameResolution", "ProxyHeaders", "RegularExpressions",
                "Tracing", "HTTPClient", "Observability", "HTTP2", "CSplice", nioCore, nioPosix, nioHTTP1, nioTLS,
                logging,
            ]
        ),

        // Programs
        .executableTarget(
            name: "pillion",
            dependencies: [
                "JSON", "Reports", "Kubernetes", "Admission", "SidecarCatalog", "CatalogLint", "Injection",
                "Inspection",
                "ClusterPolicies", "Manifests", "Settings",
                "OpenSSL", "ServerCore", "ServerTLS", "ServerHTTP", "Observability", "AdmissionWebhook",
                "CatalogTesting", "SetupCheck", "HTTPClient", "Tracing", "KubernetesAPI", "CertificateRotation",
                "ManifestInjection",
                nioCore, nioPosix,
                logging, lifecycle, signals, arguments,
            ],
            swiftSettings: strict,
            linkerSettings: unexported
        ),
        .executableTarget(
            name: "pillion-proxy",
            dependencies: [
                "JSON", "Spelling", "ProxyConfiguration", "SidecarProxy", "Manifests", "ServerCore", "ServerTLS",
                "ServerHTTP", "Tracing", "HTTPClient", "Observability", nioCore, nioPosix, logging, lifecycle, signals,
            ],
            swiftSettings: strict,
            linkerSettings: unexported
        ),

        // Tests
        .target(
            name: "Fixtures",
            dependencies: ["JSON"],
            path: "Tests/Fixtures",
            exclude: ["admission", "manifests", "yaml"],
            swiftSettings: strict
        ),
        .target(
            name: "ManifestFixtures",
            dependencies: ["JSON", "Manifests", "Fixtures"],
            path: "Tests/ManifestFixtures",
            swiftSettings: strict
        ),
        .target(
            name: "CatalogFixtures",
            dependencies: ["SidecarCatalog", "Manifests", "Fixtures"],
            path: "Tests/CatalogFixtures",
            swiftSettings: strict
        ),
        .target(
            name: "CertificateFixtures",
            dependencies: ["OpenSSL"],
            path: "Tests/CertificateFixtures",
            swiftSettings: strict
        ),
        .target(
            name: "ChannelFixtures",
            dependencies: [nioCore],
            path: "Tests/ChannelFixtures",
            swiftSettings: strict
        ),
        tests("JSON", ["Fixtures", "CMalloc"]),
        tests("HTTP1", ["Fixtures"]),
        tests("LoadBalancing", ["ProxyConfiguration"]),
        tests("Spelling"),
        tests("AccessLog", ["JSON"]),
        tests("Reports", ["JSON"]),
        tests("Kubernetes", ["JSON", "Fixtures"]),
        tests("Admission", ["JSON", "Fixtures"]),
        tests("SidecarCatalog", ["JSON", "Kubernetes", "Manifests"]),
        tests("Injection", ["JSON", "Admission", "SidecarCatalog", "Manifests", "Fixtures", "CatalogFixtures"]),
        tests("CatalogLint", ["JSON", "SidecarCatalog", "Manifests"]),
        tests("Inspection", ["JSON", "Reports", "Kubernetes", "SidecarCatalog", "Injection", "CatalogFixtures"]),
        tests("ClusterPolicies", ["JSON", "Kubernetes", "SidecarCatalog", "Injection", "Manifests"]),
        tests("RegularExpressions"),
        tests("ProxyConfiguration", ["JSON", "Manifests"]),
        tests("ProxyHeaders", ["ProxyConfiguration"]),
        tests("ProxyRouting", ["HTTP1", "AccessLog", "ProxyConfiguration"]),
        tests("Manifests", ["JSON", "Fixtures", "ManifestFixtures"]),
        tests(
            "ManifestInjection",
            ["JSON", "SidecarCatalog", "Injection", "Manifests", "Fixtures", "CatalogFixtures", "ManifestFixtures"]
        ),
        tests("CatalogTesting", ["JSON", "SidecarCatalog", "Injection", "Manifests", "Fixtures"]),
        tests("Settings"),
        tests("SetupCheck", ["JSON", "OpenSSL", "CertificateFixtures", "Fixtures"]),
        tests("Tracing", ["JSON", "HTTPClient"]),
        tests("OpenSSL", ["CertificateFixtures", "ChannelFixtures", nioCore, nioEmbedded, nioTLS]),
        tests("HTTPClient", ["OpenSSL", "CertificateFixtures", nioCore, nioPosix]),
        tests("NameResolution", ["ProxyConfiguration"]),
        tests("ServerCore", [nioCore, nioPosix, nioEmbedded]),
        tests("ServerTLS", ["ServerCore", "OpenSSL", "CertificateFixtures", nioCore, nioPosix, nioEmbedded]),
        tests("KubernetesAPI", ["JSON", "HTTPClient"]),
        tests(
            "CertificateRotation",
            ["JSON", "OpenSSL", "KubernetesAPI", "ServerTLS", "CertificateFixtures"]
        ),
        tests("ServerHTTP", ["ServerCore", "ChannelFixtures", nioCore, nioPosix, nioEmbedded, nioHTTP1]),
        tests("Observability", [logging]),
        tests(
            "AdmissionWebhook",
            [
                "JSON", "Injection", "SidecarCatalog", "Manifests", "ServerCore", "ServerHTTP", "Observability",
                "Fixtures", nioCore, nioPosix, nioEmbedded, nioHTTP1, logging,
            ]
        ),
        tests("HTTP2", ["Fixtures", nioCore]),
        tests(
            "SidecarProxy",
            [
                "JSON", "ProxyConfiguration", "HTTP1", "LoadBalancing", "RegularExpressions", "ServerCore", "OpenSSL",
                "CertificateFixtures", "HTTP2", nioCore, nioPosix, nioEmbedded, nioTLS, logging,
            ]
        ),
        .testTarget(name: "EndToEndTests", dependencies: ["JSON", "Fixtures"], swiftSettings: strict),
    ]
)
