import JSON
import SidecarCatalog
import Synchronization

/// Remembers sidecars that were rendered, since the pods of one Deployment ask for the same again and again.
///
/// A rendered sidecar depends on its version, the parameters set and the parts of the pod that its templates refer to,
/// and on nothing else; all of that is the key. So a review gives the same answer with and without a memo. What is
/// remembered is bounded: ``maximumCount`` sidecars of ``maximumBytes`` bytes of JSON in all, whose settings have at most
/// ``maximumKeyLength`` bytes each.
final class RenderMemo: Sendable {
    /// How many sidecars are remembered before all are forgotten.
    static let maximumCount = 256
    /// How many bytes of JSON text are remembered before all is forgotten; in memory it is a few times as much.
    static let maximumBytes = 1 << 20
    /// How long what a sidecar depends on may be, in bytes, for it to be remembered.
    static let maximumKeyLength = 1024

    /// What a rendered sidecar depends on, as bytes.
    struct Key: Hashable {
        fileprivate let bytes: [UInt8]

        /// Collects what a sidecar depends on; nil when the pod does not have all of it, or it is too long.
        init?(
            _ sidecar: Sidecar,
            _ version: SidecarVersion,
            settings: [InjectionRequest.ParameterSetting],
            application: Application,
            namespace: String,
            isGuaranteed: Bool
        ) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(128)
            // UTF-8 has no bytes 0xFE and 0xFF, so no two lists of texts have the same bytes.
            func add(_ text: String) -> Bool {
                guard bytes.count + text.utf8.count < RenderMemo.maximumKeyLength else { return false }
                bytes.append(contentsOf: text.utf8)
                bytes.append(0xFF)
                return true
            }
            guard add(sidecar.name.rawValue), add(version.text) else { return nil }
            for reference in version.contextReferences {
                guard let value = try? application.value(of: reference, namespace: namespace),
                    add(value.string ?? value.number?.lexeme ?? value.compactText)
                else { return nil }
            }
            for setting in settings {
                guard add(setting.parameter), add(setting.value) else { return nil }
            }
            if isGuaranteed { bytes.append(0xFE) }
            self.bytes = bytes
        }

        static func == (left: Key, right: Key) -> Bool {
            left.bytes == right.bytes
        }

        func hash(into hasher: inout Hasher) {
            // Safety: the buffer is only read, while the array lives.
            unsafe bytes.withUnsafeBytes { buffer in unsafe hasher.combine(bytes: buffer) }
        }
    }

    private struct Content {
        var sidecars: [Key: RenderedSidecar] = [:]
        var bytes = 0
    }

    private let content = Mutex(Content())

    /// What was rendered for a key, or what `render` makes now.
    func sidecar(for key: Key?, render: () throws(Reason) -> RenderedSidecar) throws(Reason) -> RenderedSidecar {
        guard let key else { return try render() }
        if let known = content.withLock({ $0.sidecars[key] }) { return known }
        let rendered = try render()
        let size = rendered.textLength
        guard size <= Self.maximumBytes else { return rendered }
        content.withLock { content in
            if content.sidecars.count >= Self.maximumCount || content.bytes > Self.maximumBytes - size {
                content = Content()
            }
            // Another thread may have been faster.
            guard content.sidecars.updateValue(rendered, forKey: key) == nil else { return }
            content.bytes += size
        }
        return rendered
    }
}
