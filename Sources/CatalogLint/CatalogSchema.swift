public import JSON
import SidecarCatalog

/// The JSON Schema of a catalog's documents, for editors and validators.
///
/// Containers and volumes are described to full depth from the table of ``PodSchema``. Where Kubernetes has a number or
/// a boolean, a reference such as `$(params.memory)` may stand as well.
public enum CatalogSchema {
    /// A schema (JSON Schema draft 2020-12) for one document of either kind.
    public static var document: JSONValue {
        var definitions: JSONObject = [
            "Catalog": DocumentSchema.catalog, "Sidecar": sidecar,
            "reference": ["type": "string", "pattern": "^\\$\\([A-Za-z0-9_.-]+\\)$"],
        ]
        for name in PodSchema.types.keys.sorted() where name != "Container" && name != "Volume" {
            definitions["v1.\(name)"] = schema(of: PodSchema.types[name] ?? [:])
        }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A document of a Pillion catalog",
            "oneOf": [["$ref": "#/$defs/Catalog"], ["$ref": "#/$defs/Sidecar"]],
            "$defs": .object(definitions),
        ]
    }

    private static var sidecar: JSONValue {
        let versions = ["properties", "spec", "properties", "versions", "additionalProperties", "properties"]
        var document = DocumentSchema.sidecar
        document = deepened(document, versions + ["container"], "Container", reserved: ["name", "restartPolicy"])
        document = deepened(
            document,
            versions + ["setup", "additionalProperties"],
            "Container",
            reserved: ["name", "restartPolicy"]
        )
        return deepened(document, versions + ["volumes", "items"], "Volume", reserved: [])
    }

    /// The document with what is known of a Kubernetes type added to the object at a path.
    ///
    /// What the catalog says about a member itself stays; members of the type that are Pillion's own are left out.
    private static func deepened(
        _ value: JSONValue,
        _ path: [String],
        _ type: String,
        reserved: Set<String>
    ) -> JSONValue {
        var object = value.object ?? JSONObject()
        if let first = path.first {
            object[first] = deepened(object[first] ?? [:], Array(path.dropFirst()), type, reserved: reserved)
            return .object(object)
        }
        // Lists in which a parameter may choose, and what the catalog demands, are the catalog's to describe.
        let own: Set<String> = ["args", "command", "env", "image"]
        var properties = object["properties"]?.object ?? JSONObject()
        for (name, field) in (PodSchema.types[type] ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard !(own.contains(name) && properties[name] != nil), !(type == "Volume" && name == "name") else {
                continue
            }
            properties[name] = schema(of: field)
        }
        var allowed = JSONObject()
        for member in properties.members where !reserved.contains(member.key) {
            allowed[member.key] = member.value
        }
        object["properties"] = .object(allowed)
        object["additionalProperties"] = false
        return .object(object)
    }

    private static func schema(of fields: [String: PodSchema.FieldType]) -> JSONValue {
        var properties = JSONObject()
        for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
            properties[name] = schema(of: field)
        }
        return ["type": "object", "properties": .object(properties), "additionalProperties": false]
    }

    private static func schema(of field: PodSchema.FieldType) -> JSONValue {
        switch field {
        case .any: [:]
        // A number or a boolean where Kubernetes wants a string is an error of the lint, with better words.
        case .string: ["type": ["string", "null"]]
        case .integer: orReference(["integer", "null"])
        case .boolean: orReference(["boolean", "null"])
        case .number: orReference(["number", "null"])
        case .quantity: ["type": ["string", "number"]]
        case .port: ["type": ["string", "integer"]]
        case .list(let element): ["type": ["array", "null"], "items": schema(of: element)]
        case .map(let element): ["type": ["object", "null"], "additionalProperties": schema(of: element)]
        case .object(let name): ["$ref": .string("#/$defs/v1.\(name)")]
        }
    }

    private static func orReference(_ types: [JSONValue]) -> JSONValue {
        ["anyOf": [["type": .array(types)], ["$ref": "#/$defs/reference"]]]
    }
}
