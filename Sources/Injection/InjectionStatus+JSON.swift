import JSON

extension InjectionStatus {
    /// Reads the annotation's text; nil when it is not a status of a known schema.
    init?(annotation text: String) {
        guard text.utf8.count <= Self.maximumLength,
            let json = Self.json(text), json["schema"]?.integer == Self.schema, let sidecars = json["sidecars"]?.array
        else { return nil }
        for sidecar in sidecars {
            guard let entry = Entry(json: sidecar) else { return nil }
            entries.append(entry)
        }
        for member in json["previous"]?.object?.members ?? [] {
            previous.append((member.key, member.value.string))
        }
        created = json["created"]?.array?.compactMap(\.string) ?? []
        nulls = json["nulls"]?.array?.compactMap(\.string) ?? []
    }

    /// The value that an annotation holds, whose text may have been written by anybody.
    private static func json(_ text: String) -> JSONValue? {
        let limit = AdmissionReviewer.marksLimit
        return try? JSONParser.parseReporting(Array(text.utf8), nestingLimit: 16, marksLimit: limit).value
    }

    /// The text of the annotation.
    var annotation: String {
        var writer = JSONWriter(capacity: 128 + 512 * entries.count)
        writer.write(literal: #"{"schema":"#)
        writer.write(.integer(Self.schema))
        writer.write(literal: #","sidecars":["#)
        for index in entries.indices {
            if index > 0 { writer.write(literal: ",") }
            entries[index].write(to: &writer)
        }
        writer.write(literal: "]")
        for (index, entry) in previous.enumerated() {
            writer.write(literal: index == 0 ? #","previous":{"# : ",")
            writer.write(entry.key)
            writer.write(literal: ":")
            writer.write(entry.value.map { .string($0) } ?? .null)
        }
        if !previous.isEmpty { writer.write(literal: "}") }
        if !created.isEmpty {
            writer.write(literal: #","created":"#)
            writer.write(strings: created)
        }
        if !nulls.isEmpty {
            writer.write(literal: #","nulls":"#)
            writer.write(strings: nulls)
        }
        writer.write(literal: "}")
        return String(decoding: writer.output, as: UTF8.self)
    }
}

extension InjectionStatus.Entry {
    init?(json: JSONValue) {
        guard let name = json["name"]?.string, let version = json["version"]?.string, let hash = json["hash"]?.string
        else { return nil }
        self.init(name: name, version: version, hash: hash, files: json["files"]?.string)
        initContainers = Self.strings(json["initContainers"])
        containers = Self.strings(json["containers"])
        volumes = Self.strings(json["volumes"])
        annotations = Self.strings(json["annotations"])
        labels = Self.strings(json["labels"])
        imagePullSecrets = Self.strings(json["imagePullSecrets"])
        mounts = Self.groups(json["mounts"])
        environment = Self.groups(json["env"])
    }

    /// Writes the entry as JSON; what is empty is left out.
    func write(to writer: inout JSONWriter) {
        writer.write(literal: #"{"name":"#)
        writer.write(name)
        writer.write(literal: #","version":"#)
        writer.write(version)
        writer.write(literal: #","hash":"#)
        writer.write(hash)
        if let files {
            writer.write(literal: #","files":"#)
            writer.write(files)
        }
        write(initContainers, as: #","initContainers":"#, to: &writer)
        write(containers, as: #","containers":"#, to: &writer)
        write(volumes, as: #","volumes":"#, to: &writer)
        write(annotations, as: #","annotations":"#, to: &writer)
        write(labels, as: #","labels":"#, to: &writer)
        write(imagePullSecrets, as: #","imagePullSecrets":"#, to: &writer)
        write(mounts, as: #","mounts":{"#, to: &writer)
        write(environment, as: #","env":{"#, to: &writer)
        writer.write(literal: "}")
    }

    private func write(_ names: [String], as member: StaticString, to writer: inout JSONWriter) {
        guard !names.isEmpty else { return }
        writer.write(literal: member)
        writer.write(strings: names)
    }

    private func write(
        _ groups: [(container: String, names: [String])],
        as member: StaticString,
        to writer: inout JSONWriter
    ) {
        guard !groups.isEmpty else { return }
        writer.write(literal: member)
        for (index, group) in groups.enumerated() {
            if index > 0 { writer.write(literal: ",") }
            writer.write(group.container)
            writer.write(literal: ":")
            writer.write(strings: group.names)
        }
        writer.write(literal: "}")
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        value?.array?.compactMap(\.string) ?? []
    }

    private static func groups(_ value: JSONValue?) -> [(container: String, names: [String])] {
        value?.object?.members.map { ($0.key, strings($0.value)) } ?? []
    }
}
