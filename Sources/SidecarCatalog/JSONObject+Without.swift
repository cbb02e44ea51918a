import JSON

extension JSONObject {
    /// The object without some of its members.
    func without(_ names: Set<String>) -> JSONObject {
        var object = self
        for name in names {
            object[name] = nil
        }
        return object
    }
}
