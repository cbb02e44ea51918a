/// What a catalog finding is; the raw value is what people and scripts see and never changes.
public enum DiagnosticCode: String, Sendable, CaseIterable {
    // Documents

    /// A document whose `apiVersion` is not one this release reads.
    case unsupportedAPIVersion = "unsupported-api-version"
    /// A document of a kind that a catalog does not hold.
    case unknownKind = "unknown-kind"
    /// A second `Catalog` document.
    case duplicateCatalog = "duplicate-catalog"
    /// No `Catalog` document at all.
    case noCatalog = "no-catalog"
    /// A sidecar that is declared twice.
    case duplicateSidecar = "duplicate-sidecar"

    // Shape

    /// A field that does not exist there.
    case unknownField = "unknown-field"
    /// A field that has to be there and is not.
    case missingField = "missing-field"
    /// A value of another type than the field has.
    case wrongType = "wrong-type"
    /// A value of the right type that is not allowed.
    case invalidValue = "invalid-value"
    /// A name that is not spelled as such names are.
    case invalidName = "invalid-name"
    /// A name that is used twice, or for two things.
    case duplicateName = "duplicate-name"
    /// A name that would be longer than Kubernetes allows once the sidecar's name is in front of it.
    case nameTooLong = "name-too-long"

    // Policy

    /// A date that is none, or comes before one it has to follow.
    case invalidDate = "invalid-date"
    /// A label selector that Kubernetes would refuse.
    case invalidSelector = "invalid-selector"
    /// An image that the catalog's own policy refuses.
    case imageNotAllowed = "image-not-allowed"
    /// A resource that the catalog requires and a container does not set.
    case missingResources = "missing-resources"
    /// A bundle or a rule that brings sidecars together which conflict.
    case conflictingSidecars = "conflicting-sidecars"

    // Versions and order

    /// A version that is not semantic.
    case invalidVersion = "invalid-version"
    /// A channel that leads to a version that is not there.
    case unknownVersion = "unknown-version"
    /// A phase that the catalog does not list.
    case unknownPhase = "unknown-phase"
    /// A sidecar that is named and does not exist.
    case unknownSidecar = "unknown-sidecar"
    /// A member of a bundle that does not exist.
    case unknownBundleMember = "unknown-bundle-member"
    /// Sidecars that can only start after each other.
    case orderCycle = "order-cycle"

    // Parameters and references

    /// A parameter whose declaration contradicts itself.
    case invalidParameter = "invalid-parameter"
    /// A default that the parameter's own type or bounds refuse.
    case invalidDefault = "invalid-default"
    /// A parameter that nothing refers to.
    case unusedParameter = "unused-parameter"
    /// A reference to something that does not exist.
    case unknownReference = "unknown-reference"
    /// A reference where none can stand.
    case misplacedReference = "misplaced-reference"

    // Containers, volumes and files

    /// A container field that is not the catalog's to set.
    case reservedField = "reserved-field"
    /// A container field that Kubernetes does not know, as far as this release knows.
    case unknownContainerField = "unknown-container-field"
    /// A mount of a volume that is not declared.
    case unknownVolume = "unknown-volume"
    /// A volume that nothing mounts.
    case unusedVolume = "unused-volume"
    /// A port that Kubernetes would refuse.
    case invalidPort = "invalid-port"
    /// A file that cannot be where it is put, or whose content is not one of `yaml`, `json` and `text`.
    case invalidFile = "invalid-file"
    /// Something that would raise what the pod may do on its node.
    case podSecurity = "pod-security"
}
