import JSON

extension AdmissionResponse {
    /// The compact text of the review that carries the response, in the API version of the request.
    ///
    /// `patch` and `patchType` are written together or not at all, as the API server demands. The text is written
    /// without a tree in between: it is nearly all patch.
    public func text(apiVersion: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 + (patch?.count ?? 0) / 3 * 4)
        writer.write(literal: #"{"apiVersion":"#)
        writer.write(apiVersion)
        writer.write(literal: #","kind":"AdmissionReview","response":{"uid":"#)
        writer.write(uid)
        writer.write(literal: isAllowed ? #","allowed":true"# : #","allowed":false"#)
        if let patch {
            writer.write(literal: #","patchType":"JSONPatch","patch":""#)
            writer.write(text: Base64.encode(patch))
            writer.write(literal: #"""#)
        }
        if let status {
            writer.write(literal: #","status":"#)
            writer.write([
                "code": .integer(status.code), "reason": .string(status.reason), "message": .string(status.message),
            ])
        }
        if !warnings.isEmpty {
            writer.write(literal: #","warnings":"#)
            writer.write(strings: warnings)
        }
        for (index, annotation) in auditAnnotations.enumerated() {
            writer.write(literal: index == 0 ? #","auditAnnotations":{"# : ",")
            writer.write(annotation.key)
            writer.write(literal: ":")
            writer.write(annotation.value)
        }
        if !auditAnnotations.isEmpty { writer.write(literal: "}") }
        writer.write(literal: "}}")
        return writer.output
    }
}
