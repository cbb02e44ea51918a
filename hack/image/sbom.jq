# Makes an SPDX 2.3 document of three tables of tab-separated lines; see sbom.sh.
def table: split("\n") | map(select(. != "") | split("\t"));
def id: gsub("[^A-Za-z0-9.-]"; "-");
def unknown: {downloadLocation: "NOASSERTION", licenseConcluded: "NOASSERTION", licenseDeclared: "NOASSERTION",
    copyrightText: "NOASSERTION", filesAnalyzed: false};
def purl($text): [{referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: $text}];

($swift | table | map(unknown + {
    SPDXID: "SPDXRef-Swift-\(.[0] | id)", name: .[0], versionInfo: .[1], downloadLocation: .[2], supplier: "NOASSERTION",
    externalRefs: purl("pkg:swift/\(.[2] | ltrimstr("https://") | rtrimstr(".git"))@\(.[1])")
})) as $linked |
($debian | table | map(unknown + {
    SPDXID: "SPDXRef-Debian-\(.[0] | id)", name: .[0], versionInfo: .[1], supplier: "Organization: Debian",
    externalRefs: purl("pkg:deb/debian/\(.[0] | @uri)@\(.[1] | @uri)?arch=\(.[2])")
})) as $installed |
($programs | table | map(unknown + {
    SPDXID: "SPDXRef-Program-\(.[0] | split("/") | last | id)", name: (.[0] | split("/") | last), versionInfo: $version,
    packageFileName: .[0], primaryPackagePurpose: "APPLICATION", licenseDeclared: "Apache-2.0",
    supplier: "Organization: Pillion",
    checksums: [{algorithm: "SHA1", checksumValue: .[1]}, {algorithm: "SHA256", checksumValue: .[2]}]
})) as $built |
(unknown + {
    SPDXID: "SPDXRef-Image", name: "pillion", versionInfo: $version, supplier: "Organization: Pillion",
    primaryPackagePurpose: "CONTAINER", licenseConcluded: "NOASSERTION", licenseDeclared: "Apache-2.0",
    downloadLocation: "https://github.com/pillion-dev/pillion", externalRefs: purl("pkg:generic/pillion@\($version)")
}) as $image |
{
    spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT", name: "pillion-\($version)",
    # The programs' hashes make it another document for every other image.
    documentNamespace: "https://github.com/pillion-dev/pillion/spdx/\($version)-\($built | map(.checksums[1].checksumValue[:16]) | join("-"))",
    creationInfo: {created: $created, creators: ["Tool: hack/image/sbom.sh", "Organization: Pillion"]},
    packages: ([$image] + $built + $linked + $installed),
    relationships: (
        [{spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: $image.SPDXID}]
        + [($built + $installed)[] | {spdxElementId: $image.SPDXID, relationshipType: "CONTAINS", relatedSpdxElement: .SPDXID}]
        + [$linked[] | {spdxElementId: "SPDXRef-Program-pillion", relationshipType: "STATIC_LINK", relatedSpdxElement: .SPDXID}]
    )
}
