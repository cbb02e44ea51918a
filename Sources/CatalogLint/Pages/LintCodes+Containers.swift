import SidecarCatalog

extension LintCodes {
    /// Codes of the loader about containers, volumes and files.
    static let containersPages = [
        CodePage(
            .reservedField,
            .error,
            "A field of a container that is not the catalog's to set",
            "Pillion gives containers their names and makes them native sidecars; setup steps run to "
                + "completion and can have neither probes nor hooks.",
            in: .version,
            wrong: "container: {name: shipper, image: \"registry.acme.example/shipper:1.0.0\"}",
            right: "container: {image: \"registry.acme.example/shipper:1.0.0\"}"
        ),
        CodePage(
            .unknownContainerField,
            .warning,
            "A field that Kubernetes does not know",
            "The API server drops what it does not know from a patched pod without a word, so the limit "
                + "or the probe behind a misspelt name is simply not there. The table of fields is that of a "
                + "certain release; a newer one may know more.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0", resourcs: {limits: {memory: 64Mi}}}
                """,
            right: """
                container: {image: "registry.acme.example/shipper:1.0.0", resources: {limits: {memory: 64Mi}}}
                """
        ),
        CodePage(
            .unknownVolume,
            .error,
            "A mount of a volume that is not declared",
            "A sidecar mounts its own volumes, by the names that they have in the catalog.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0", volumeMounts: [{name: stat, mountPath: /state}]}
                volumes: [{name: state, emptyDir: {}}]
                """,
            right: """
                container: {image: "registry.acme.example/shipper:1.0.0", volumeMounts: [{name: state, mountPath: /state}]}
                volumes: [{name: state, emptyDir: {}}]
                """
        ),
        CodePage(
            .unusedVolume,
            .warning,
            "A volume that nothing mounts",
            "It costs every pod a volume, and its mount is probably missing.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                volumes: [{name: state, emptyDir: {}}]
                """,
            right: "container: {image: \"registry.acme.example/shipper:1.0.0\"}"
        ),
        CodePage(
            .invalidPort,
            .error,
            "A port that Kubernetes would refuse",
            "Ports are numbers from 1 to 65535; their names have at most 15 lower-case letters, digits "
                + "and `-`.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0", ports: [{containerPort: 80800}]}
                """,
            right: "container: {image: \"registry.acme.example/shipper:1.0.0\", ports: [{containerPort: 8080}]}"
        ),
        CodePage(
            .invalidFile,
            .error,
            "A file that cannot be where it is put, or without one content",
            "A file has a clean absolute path in a directory of its own, and exactly one of `yaml`, "
                + "`json` and `text`.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                files:
                  shipper.conf: {text: a}
                """,
            right: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                files:
                  /etc/shipper/shipper.conf: {text: a}
                """
        ),
        CodePage(
            .podSecurity,
            .error,
            "Something that raises what the pod may do on its node",
            "Privileged containers, added capabilities, host paths and host ports take part of the node. "
                + "A sidecar that needs them says why in `podSecurityException`.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0", securityContext: {privileged: true}}
                """,
            right: """
                container: {image: "registry.acme.example/shipper:1.0.0", securityContext: {allowPrivilegeEscalation: false}}
                """
        ),
    ]
}
