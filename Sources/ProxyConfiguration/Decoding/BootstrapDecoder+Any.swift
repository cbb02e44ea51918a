import JSON
import Spelling

extension BootstrapDecoder {
    /// The members of a `google.protobuf.Any` and which of `schemas` its `@type` names.
    mutating func typed(
        _ node: ConfigurationNode,
        _ schemas: [MessageSchema]
    ) -> (schema: MessageSchema, message: ConfigurationMessage)? {
        guard node.value.object != nil else {
            report(.wrongType, node.pointer, "must be a mapping with an @type")
            return nil
        }
        guard let type = node.value["@type"]?.string else {
            let known = schemas.map(\.typeURL).joined(separator: ", ")
            report(.missing, node.pointer, "@type is missing; known here: \(known)")
            return nil
        }
        guard let schema = schemas.first(where: { $0.typeURL == type }) else {
            refuse(type, at: node.pointer.appending("@type"), schemas)
            return nil
        }
        return message(node, schema).map { (schema, $0) }
    }

    /// The `typed_config` of a named extension, which must be there.
    mutating func extensionConfig(
        _ node: ConfigurationNode,
        _ wrapper: MessageSchema,
        _ schemas: [MessageSchema]
    ) -> (schema: MessageSchema, message: ConfigurationMessage)? {
        guard let message = message(node, wrapper) else { return nil }
        return extensionConfig(in: message, schemas)
    }

    /// The `typed_config` of a named extension whose members are read already.
    mutating func extensionConfig(
        in message: ConfigurationMessage,
        _ schemas: [MessageSchema]
    ) -> (schema: MessageSchema, message: ConfigurationMessage)? {
        if let name = message["name"] { _ = string(name) }
        return required("typed_config", in: message).flatMap { typed($0, schemas) }
    }

    private mutating func refuse(_ type: String, at pointer: JSONPointer, _ schemas: [MessageSchema]) {
        let known = schemas.map(\.typeURL)
        if let nearest = NearestName.nearest(to: type, among: known) {
            report(.unsupported, pointer, "\(type) is not supported; did you mean \(nearest)?")
        } else {
            report(.unsupported, pointer, "\(type) is not supported; known here: \(known.joined(separator: ", "))")
        }
    }
}
