import JSON

/// Makes the files of a version.
struct FileBuilder {
    /// The files by path, if there are any.
    let value: JSONValue?
    /// Where they stand.
    let pointer: JSONPointer

    /// The files; everything that is wrong with them is reported.
    func build(_ compiler: inout TemplateCompiler, _ findings: inout DocumentFindings) -> [FileTemplate] {
        var files: [FileTemplate] = []
        for member in value?.object?.members ?? [] {
            let place = pointer.appending(member.key)
            let directory = directory(member.key, place, &findings)
            guard let (format, body) = content(member.value, place, &findings), let directory else { continue }
            let isText = format == .text
            files.append(
                FileTemplate(
                    path: member.key,
                    directory: directory,
                    name: String(member.key.dropFirst(directory.count + 1)),
                    format: format,
                    body: compiler.compile(body, as: isText ? .strings : .content, at: place.appending(format.rawValue))
                )
            )
        }
        return files
    }

    private func directory(_ path: String, _ place: JSONPointer, _ findings: inout DocumentFindings) -> String? {
        func refuse(_ reason: String, _ hint: String) -> String? {
            findings.nameError(.invalidFile, "the file \(Quoted(path)) \(reason)", hint: hint, at: place)
            return nil
        }
        if TemplateText(path).parts.contains(where: \.isReference) {
            findings.nameError(
                .misplacedReference,
                "a file's path has a reference in it",
                hint: "refer in its content only",
                at: place
            )
            return nil
        }
        guard path.utf8.first == UInt8(ascii: "/") else { return refuse("is not absolute", "begin it with '/'") }
        guard let cleaned = try? ValueRule(type: .path).typed(path).string else {
            return refuse("cannot be a file", "use an absolute path without '..', ':' and control characters")
        }
        guard cleaned == path else { return refuse("is not a clean path", "write \(Quoted(cleaned))") }
        let parts = path.split(separator: "/")
        guard parts.count > 1 else {
            return refuse("is in the root directory", "put it in a directory of its own, such as /etc/pillion\(path)")
        }
        return "/" + parts.dropLast().joined(separator: "/")
    }

    private func content(
        _ value: JSONValue,
        _ place: JSONPointer,
        _ findings: inout DocumentFindings
    ) -> (FileTemplate.Format, JSONValue)? {
        let formats = FileTemplate.Format.allCases.filter { value[$0.rawValue] != nil }
        guard formats.count == 1, let format = formats.first, let body = value[format.rawValue] else {
            let given = formats.map(\.rawValue).joined(separator: " and ")
            let message = formats.isEmpty ? "the file has no content" : "the file has \(given)"
            findings.error(.invalidFile, message, hint: "give exactly one of yaml, json and text", at: place)
            return nil
        }
        return (format, body)
    }
}
