package import JSON

/// The shapes of both kinds of documents as JSON Schemas (draft 2020-12), without the depths of Kubernetes' own types.
package enum DocumentSchema {
    /// A document of kind `Catalog`.
    package static var catalog: JSONValue { document(.catalog, kind: "Catalog") }
    /// A document of kind `Sidecar`.
    package static var sidecar: JSONValue { document(.sidecar, kind: "Sidecar") }

    private static func document(_ shape: Shape, kind: String) -> JSONValue {
        var schema = shape.jsonSchema.object ?? JSONObject()
        var properties = schema["properties"]?.object ?? JSONObject()
        properties["apiVersion"] = ["const": .string(CatalogLoader.apiVersion)]
        properties["kind"] = ["const": .string(kind)]
        schema["properties"] = .object(properties)
        return .object(schema)
    }
}
