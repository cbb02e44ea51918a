import Testing

extension CatalogLoaderTests {
    /// One mistake: where it is made, and the line that tells of it.
    struct Mistake: CustomTestStringConvertible, Sendable {
        var spec: [String] = []
        var version: [String] = []
        let line: String

        var testDescription: String { line }
    }

    /// Mistakes in an otherwise right sidecar, whose version begins on line 7 and whose other fields begin on line 8.
    static let mistakes = [
        Mistake(
            version: ["contaner: {}"],
            line: "7:7: error: unknown field 'contaner'; did you mean 'container'? (unknown-field)"
        ),
        Mistake(spec: ["titel: x"], line: "8:3: error: unknown field 'titel'; did you mean 'title'? (unknown-field)"),
        Mistake(
            spec: ["hostNetwork: true"],
            line:
                "8:3: error: unknown field 'hostNetwork'; allowed fields: versions, title, description, owner, phase, after, before,"
                + " conflicts, entitled, refuses, withoutNativeSidecars, channels and 2 more (unknown-field)"
        ),
        Mistake(
            spec: ["title: 5"],
            line: "8:10: error: 'title' is a number, not a string; put it in quotes (wrong-type)"
        ),
        Mistake(spec: ["after: proxy"], line: "8:10: error: 'after' is a string, not a list (wrong-type)"),
        Mistake(
            spec: ["refuses: {hostNetwork: \"yes\"}"],
            line:
                "8:26: error: 'hostNetwork' is a string, not true or false; write true or false without quotes (wrong-type)"
        ),
        Mistake(
            spec: ["withoutNativeSidecars: containr"],
            line: "8:26: error: 'withoutNativeSidecars' is 'containr'; did you mean 'container'? (invalid-value)"
        ),
        Mistake(spec: ["owner: {}"], line: "8:10: error: 'owner' has no 'team'; expected a string (missing-field)"),
        Mistake(
            spec: ["channels: {stable: 1.0.1}"],
            line:
                "8:22: error: channel 'stable' leads to version '1.0.1', which is not declared; did you mean '1.0.0'? (unknown-version)"
        ),
        Mistake(
            spec: ["channels: {\"1\": 1.0.0}"],
            line:
                "8:14: error: '1' cannot name a channel; lower-case letters, digits and '-', beginning with a letter (invalid-name)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, name: x}"],
            line: "7:39: error: 'name' of the container is set by Pillion; remove it (reserved-field)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, restartPolicy: Always}"],
            line: "7:39: error: 'restartPolicy' of the container is set by Pillion; remove it (reserved-field)"
        ),
        Mistake(
            version: ["container: {args: [a]}"],
            line: "7:18: error: 'container' has no 'image'; expected a string (missing-field)"
        ),
        Mistake(
            version: ["container: {image: \"Example a\"}"],
            line:
                "7:26: error: 'Example a' is not an image reference; write it like registry.example/team/name:1.2.3 (invalid-value)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, resourcs: {}}"],
            line: "7:39: warning: unknown field 'resourcs'; did you mean 'resources'? (unknown-container-field)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, ports: [{name: a-very-long-port, containerPort: 1}]}"],
            line: "7:54: error: 'a-very-long-port' cannot name a port;"
                + " at most 15 lower-case letters, digits and single '-', at least one letter (invalid-port)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, ports: [{containerPort: 70000}]}"],
            line:
                "7:63: error: the port is not one; a number from 1 to 65535 or a reference to a parameter of type port (invalid-port)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, ports: [{containerPort: 80, hostPort: 80}]}"],
            line: "7:67: error: the container has a host port;"
                + " remove it, or say why in 'podSecurityException' of the sidecar (pod-security)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, securityContext: {privileged: true}}"],
            line: "7:57: error: the container is privileged;"
                + " remove it, or say why in 'podSecurityException' of the sidecar (pod-security)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, securityContext: {capabilities: {add: [NET_ADMIN]}}}"],
            line: "7:72: error: the container adds capabilities;"
                + " remove it, or say why in 'podSecurityException' of the sidecar (pod-security)"
        ),
        Mistake(
            version: ["volumes: [{name: h, hostPath: {path: /}}]", "app: {volumeMounts: [{name: h, mountPath: /h}]}"],
            line: "7:27: error: the volume 'h' is a hostPath;"
                + " remove it, or say why in 'podSecurityException' of the sidecar (pod-security)"
        ),
        Mistake(
            spec: ["podSecurityException: \" \""],
            line: "8:25: error: the exception gives no reason; say why it is needed (invalid-value)"
        ),
        Mistake(
            spec: ["podSecurityException: {reason: \"\"}"],
            line: "8:34: error: the exception gives no reason; say why it is needed (invalid-value)"
        ),
        Mistake(
            spec: ["podSecurityException: [a]"],
            line: "8:25: error: 'podSecurityException' is a list, not a string or an object (wrong-type)"
        ),
        Mistake(
            spec: ["entitled: {serviceAccounts: [a_b]}"],
            line: "8:32: error: 'a_b' matches no service account;"
                + " lower-case letters, digits, '-', '.', and '*' for any characters (invalid-value)"
        ),
        Mistake(
            spec: ["conflicts: [shipper]"],
            line: "8:15: error: 'shipper' cannot conflict with itself; remove it (invalid-value)"
        ),
        Mistake(
            spec: ["conflicts: [other]"],
            line: "8:15: warning: there is no sidecar 'other'; the conflict has no effect (unknown-sidecar)"
        ),
        Mistake(
            version: ["lifecycle: {deprecatedAfter: 2027-6-1}"],
            line: "7:36: error: '2027-6-1' is not a date; write a date such as 2027-06-01 (invalid-date)"
        ),
        Mistake(
            version: ["lifecycle: {deprecatedAfter: 2027-06-01, sunsetAfter: 2027-05-31}"],
            line: "7:61: error: the sunset on 2027-05-31 comes before the deprecation on 2027-06-01;"
                + " deprecate a version before it ends (invalid-date)"
        ),
        Mistake(
            version: ["lifecycle: {replacedBy: 2.0.0}"],
            line: "7:31: error: there is no version '2.0.0'; there are no declared versions (unknown-version)"
        ),
        Mistake(
            version: ["lifecycle: {replacedBy: 1.0.0}"],
            line: "7:31: error: version 1.0.0 cannot replace itself; name a later one (invalid-value)"
        ),
        Mistake(
            version: ["lifecycle: {enforce: deny}"],
            line: "7:28: warning: 'enforce' is 'deny', but there is no 'sunsetAfter' to enforce;"
                + " set 'sunsetAfter', or remove 'enforce' (invalid-value)"
        ),
        Mistake(
            version: ["lifecycle: {enforce: dney}"],
            line: "7:28: error: 'enforce' is 'dney'; did you mean 'deny'? (invalid-value)"
        ),
        Mistake(
            version: ["volumes: [{name: a}]"],
            line:
                "7:17: error: the volume 'a' does not have exactly one source; give it one, such as 'emptyDir: {}' (invalid-value)"
        ),
        Mistake(
            version: ["volumes: [{name: a, emptyDir: {}}]"],
            line: "7:17: warning: nothing mounts the volume 'a'; mount or remove it (unused-volume)"
        ),
        Mistake(
            version: ["volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]"],
            line: "7:49: error: the volume 'a' is declared twice (duplicate-name)"
        ),
        Mistake(
            version: ["volumes: [{name: logs, emptyDir: {}}]", "app: {volumeMounts: [{name: lgos, mountPath: /h}]}"],
            line: "8:35: error: the volume 'lgos' is not declared; did you mean 'logs'? (unknown-volume)"
        ),
        Mistake(
            version: ["app: {volumeMounts: [{name: logs}]}"],
            line: "7:28: error: 'volumeMounts' entry 0 has no 'mountPath'; expected a string (missing-field)"
        ),
        Mistake(
            version: ["setup: {a: {image: example/a:1, livenessProbe: {}}}"],
            line:
                "7:39: error: a setup step runs to completion and cannot have 'livenessProbe'; remove it (reserved-field)"
        ),
        Mistake(
            version: ["setup: {\(String(repeating: "a", count: 60)): {image: example/a:1}}"],
            line:
                "7:15: error: the setup step would be called 'shipper-\(String(repeating: "a", count: 60))' in the pod,"
                + " which is longer than 63 characters; shorten it by 5 (name-too-long)"
        ),
        Mistake(
            version: ["files: {/a.conf: {text: x}}"],
            line: "7:15: error: the file '/a.conf' is in the root directory;"
                + " put it in a directory of its own, such as /etc/pillion/a.conf (invalid-file)"
        ),
        Mistake(
            version: ["files: {etc/a: {text: x}}"],
            line: "7:15: error: the file 'etc/a' is not absolute; begin it with '/' (invalid-file)"
        ),
        Mistake(
            version: ["files: {/etc//a: {text: x}}"],
            line: "7:15: error: the file '/etc//a' is not a clean path; write '/etc/a' (invalid-file)"
        ),
        Mistake(
            version: [
                "volumes: [{name: v, emptyDir: {}}]", "files: {/etc/a/b: {text: x}}",
                "setup: {s: {image: example/a:1, volumeMounts: [{name: v, mountPath: /etc/a}]}}",
            ],
            line: "9:75: error: '/etc/a' is where the file 'b' is put, so nothing else can be mounted there;"
                + " move the file or the mount (invalid-file)"
        ),
        Mistake(
            version: [
                "volumes: [{name: v, emptyDir: {}}]",
                "setup: {s: {image: example/a:1, volumeMounts: [{name: v, mountPath: /var/run/secrets/kubernetes.io/serviceaccount/}]}}",
            ],
            line: "8:75: error: '/var/run/secrets/kubernetes.io/serviceaccount' is where the service account's token is"
                + " kept out; set requires.serviceAccountToken: true (invalid-value)"
        ),
        Mistake(
            version: ["files: {/etc/../a: {text: x}}"],
            line: "7:15: error: the file '/etc/../a' cannot be a file;"
                + " use an absolute path without '..', ':' and control characters (invalid-file)"
        ),
        Mistake(
            version: ["files: {/etc/a: {text: x, json: 1}}"],
            line: "7:23: error: the file has json and text; give exactly one of yaml, json and text (invalid-file)"
        ),
        Mistake(
            version: ["files: {/etc/a: {}}"],
            line: "7:23: error: the file has no content; give exactly one of yaml, json and text (invalid-file)"
        ),
        Mistake(
            version: [
                "parameters: {path: {type: path}}",
                "container: {image: example/a:1, args: [$(params.paht), $(params.path)]}",
            ],
            line: "8:46: error: parameter 'paht' is not declared; did you mean 'path'? (unknown-reference)"
        ),
        Mistake(
            version: ["container: {image: example/a:1, args: [$(pod.nam)]}"],
            line:
                "7:46: error: '$(pod.nam)' does not exist; known are pod.namespace, pod.serviceAccount, app.container, app.port,"
                + " app.runAsUser, app.runAsGroup and params.NAME (unknown-reference)"
        ),
    ]
}
