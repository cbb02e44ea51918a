extension FieldSection {
    /// Looks for the headers of one name.
    ///
    /// - Parameters:
    ///   - name: The name in lower case.
    ///   - bytes: The bytes that the head was parsed from.
    /// - Returns: The indices of those that are still there, in the order in which they came.
    public func indices(of name: StaticString, _ bytes: Span<UInt8>) -> [Int] {
        var found: [Int] = []
        for index in fields.indices where !fields[index].isDropped {
            let place = fields[index].name
            if bytes.equalsIgnoringCase(name, Int(place.start), Int(place.end)) { found.append(index) }
        }
        return found
    }
}
