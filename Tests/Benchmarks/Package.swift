// swift-tools-version: 6.3

import PackageDescription

let package = Package(
    name: "pillion-benchmarks",
    dependencies: [.package(name: "pillion", path: "../..")],
    targets: [
        .target(name: "CAllocations"),
        .executableTarget(
            name: "EngineBenchmark",
            dependencies: ["CAllocations", .product(name: "PillionEngine", package: "pillion")],
            swiftSettings: [.swiftLanguageMode(.v6)]
        ),
    ]
)
