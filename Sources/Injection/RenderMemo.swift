import JSON
import SidecarCatalog
import Synchronization

/// Remembers sidecars that were rendered, since the pods of one Deployment ask for the same again and again.
///
/// A rendered sidecar depends on its version, the parameters set and the parts of the pod that its templates refer to,
/// and on nothing else; all of that is the key. So a review gives the same answer with and without a memo. What is
/// remembered is bounded: ``maximumCount`` sidecars, whose settings have at most ``maximumKeyLength`` bytes each.
final class RenderMemo: Sendable {
    /// How many sidecars are remembered before all are forgotten.
    static let maximumCount = 256
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
            namespace: String
        ) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(128)
            // UTF-8 has no byte 0xFF, so no two lists of texts have the same bytes.
            func add(_ text: String) -> Bool {
                guard bytes.count + text.utf8.count < RenderMemo.maximumKeyLength else { return false }
                bytes.append(contentsOf: text.utf8)
                bytes.append(0xFF)
                return true
            }
            guard add(sidecar.name.rawValue), add(version.text) else { return nil }
            for reference in version.contextReferences {
                guard let value = try? application.value(of: reference, namespace: namespace),
                    add(value.string ?? value.compactText)
                else { return nil }
            }
            for setting in settings {
                guard add(setting.parameter), add(setting.value) else { return nil }
            }
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

    private let sidecars = Mutex<[Key: RenderedSidecar]>([:])

    /// What was rendered for a key, or what `render` makes now.
    func sidecar(for key: Key?, render: () throws(Reason) -> RenderedSidecar) throws(Reason) -> RenderedSidecar {
        guard let key else { return try render() }
        if let known = sidecars.withLock({ $0[key] }) { return known }
        let rendered = try render()
        sidecars.withLock { sidecars in
            if sidecars.count >= Self.maximumCount { sidecars.removeAll(keepingCapacity: true) }
            sidecars[key] = rendered
        }
        return rendered
    }
}
