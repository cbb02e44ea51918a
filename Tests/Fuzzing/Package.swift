// swift-tools-version: 6.3

import PackageDescription

// A package of its own, because every module of it, the ones under test included, is built for libFuzzer. The flags
// for that are given by hack/fuzz.sh: in a manifest they would reach this target only.
let package = Package(
    name: "pillion-fuzzing",
    dependencies: [
        .package(name: "pillion", path: "../.."),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
    ],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "CFuzzer",
                .product(name: "PillionEngine", package: "pillion"),
                .product(name: "PillionServer", package: "pillion"),
                .product(name: "PillionProxy", package: "pillion"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ]
        ),
    ]
)
