import JSON

extension Pod {
    /// Whether a parent of the status annotation is there as `null`.
    ///
    /// Below a list of containers the status has a container's name where a pointer has its index.
    func hasNull(_ parent: String) -> Bool {
        let tokens = parent.split(separator: "/").map(String.init)
        guard tokens.count == 4 else { return json[JSONPointer(tokens)]?.isNull ?? false }
        return allContainers.contains { container in
            container.list.rawValue == tokens[1] && container.name.hasSameBytes(as: tokens[2])
                && container.json[tokens[3]]?.isNull ?? false
        }
    }
}
