import JSON

extension InjectionStatus {
    /// Reads the annotation's text; nil when it is not a status of a known schema.
    init?(annotation text: String) {
        guard text.utf8.count <= Self.maximumLength,
            let json = try? JSONParser.parse(Array(text.utf8), nestingLimit: 16),
            json["schema"]?.integer == Self.schema, let sidecars = json["sidecars"]?.array
        else { return nil }
        for sidecar in sidecars {
            guard let entry = Entry(json: sidecar) else { return nil }
            entries.append(entry)
        }
        for member in json["previous"]?.object?.members ?? [] {
            previous.append((member.key, member.value.string))
        }
        created = json["created"]?.array?.compactMap(\.string) ?? []
    }

    /// The text of the annotation.
    var annotation: String {
        json.compactText
    }

    var json: JSONValue {
        var object: JSONObject = [
            "schema": .integer(Self.schema), "sidecars": .array(entries.map(\.json)),
        ]
        if !previous.isEmpty {
            var values = JSONObject()
            for (key, value) in previous {
                values[key] = value.map { .string($0) } ?? .null
            }
            object["previous"] = .object(values)
        }
        if !created.isEmpty {
            object["created"] = .array(created.map { .string($0) })
        }
        return .object(object)
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

    /// The entry as JSON; what is empty is left out.
    var json: JSONValue {
        var object: JSONObject = ["name": .string(name), "version": .string(version), "hash": .string(hash)]
        if let files { object["files"] = .string(files) }
        let lists = [
            ("initContainers", initContainers), ("containers", containers), ("volumes", volumes),
            ("annotations", annotations), ("labels", labels), ("imagePullSecrets", imagePullSecrets),
        ]
        for (key, names) in lists where !names.isEmpty {
            object[key] = .array(names.map { .string($0) })
        }
        for (key, groups) in [("mounts", mounts), ("env", environment)] where !groups.isEmpty {
            var members = JSONObject()
            for (container, names) in groups {
                members[container] = .array(names.map { .string($0) })
            }
            object[key] = .object(members)
        }
        return .object(object)
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        value?.array?.compactMap(\.string) ?? []
    }

    private static func groups(_ value: JSONValue?) -> [(container: String, names: [String])] {
        value?.object?.members.map { ($0.key, strings($0.value)) } ?? []
    }
}
