extension PolicyTests {
    /// Mistakes in the policy, which begins in column 7 of line 4; what is about sidecars stands in the second file.
    static let mistakes: [(String, String)] = [
        (
            "{sidecarsPerPod: {warnAbove: -1}}",
            "a.yaml:4:36: error: 'warnAbove' is -1; a number from 0 to 1000 (invalid-value)"
        ),
        (
            "{sidecarsPerPod: {warnAbove: 8, denyAbove: 8}}",
            "a.yaml:4:36: warning: nobody is warned: pods with more than 8 sidecars are denied; make 'warnAbove' smaller than 'denyAbove' (invalid-value)"
        ),
        (
            "{sidecarsPerPod: {warn: 3}}",
            "a.yaml:4:25: error: unknown field 'warn'; allowed fields: warnAbove, denyAbove (unknown-field)"
        ),
        (
            "{images: {tags: imutable}}",
            "a.yaml:4:23: error: 'tags' is 'imutable'; did you mean 'immutable'? (invalid-value)"
        ),
        (
            "{images: {allowed: [\"a b\"]}}",
            "a.yaml:4:27: error: 'a b' matches no image; a reference such as registry.example/team/*, with '*' for any characters (invalid-value)"
        ),
        (
            "{images: {allowed: []}}",
            "a.yaml:4:26: warning: the list is empty, so that no image matches; leave it out to match all (invalid-value)"
        ),
        (
            "{images: {allowed: [\"registry.example/*\"]}}",
            "b.yaml:7:26: error: 'example/a:1' is none of the images that the catalog allows; allowed: registry.example/* (image-not-allowed)"
        ),
        (
            "{images: {tags: immutable}}",
            "b.yaml:7:26: error: 'example/a:1' has no digest and no tag of a full version, a date or a commit; name a full version, such as :1.2.3, or add a digest (image-not-allowed)"
        ),
        (
            "{images: {tags: digest}}",
            "b.yaml:7:26: error: 'example/a:1' has no digest; add '@sha256:' and the digest (image-not-allowed)"
        ),
        (
            "{images: {rewrite: {docker.io: mirror.example/}}}",
            "a.yaml:4:27: error: 'docker.io' begins no image; write a host or a path that ends with '/', such as docker.io/ (invalid-value)"
        ),
        (
            "{images: {rewrite: {fluent/: mirror.example/}}}",
            "a.yaml:4:27: error: 'fluent/' begins no image; write a host or a path that ends with '/', such as docker.io/ (invalid-value)"
        ),
        (
            "{images: {rewrite: {docker.io/: mirror.example}}}",
            "a.yaml:4:39: error: 'mirror.example' begins no image; write a host or a path that ends with '/', such as registry.example/mirror/ (invalid-value)"
        ),
        (
            "{podSecurity: restrictd}",
            "a.yaml:4:21: error: 'podSecurity' is 'restrictd'; did you mean 'restricted'? (invalid-value)"
        ),
        (
            "{resources: {required: [request.cpu]}}",
            "a.yaml:4:31: error: 'request.cpu' is no resource field; did you mean 'requests.cpu'? (invalid-value)"
        ),
        (
            "{resources: {required: [requests.cpu, requests.cpu]}}",
            "a.yaml:4:45: warning: 'requests.cpu' is listed twice; remove one (duplicate-name)"
        ),
        (
            "{resources: {required: [requests.cpu]}}",
            "b.yaml:7:18: error: the container does not set requests.cpu, which the catalog requires; set it, or a parameter for it (missing-resources)"
        ),
        (
            "{resources: {perPod: {cpu: lots}}}",
            "a.yaml:4:34: error: 'lots' is no amount of cpu; write a quantity that is not negative, such as 500m or 1Gi (invalid-value)"
        ),
        (
            "{resources: {perPod: {cpu: -1}}}",
            "a.yaml:4:34: error: '-1' is no amount of cpu; write a quantity that is not negative, such as 500m or 1Gi (invalid-value)"
        ),
        (
            "{resources: {guaranteed: mtach}}",
            "a.yaml:4:32: error: 'guaranteed' is 'mtach'; did you mean 'match'? (invalid-value)"
        ),
        (
            "{rollouts: {lgos: {to: 2.0.0, percent: 1}}}",
            "a.yaml:4:19: error: there is no sidecar 'lgos'; did you mean 'logs'? (unknown-sidecar)"
        ),
        (
            "{rollouts: {logs: {to: 2.0.1, percent: 1}}}",
            "a.yaml:4:30: error: 'logs' has no version '2.0.1'; did you mean '2.0.0'? (unknown-version)"
        ),
        (
            "{rollouts: {logs: {to: ^, percent: 1}}}",
            "a.yaml:4:30: error: '^' does not select a version; write a version such as 1.2.3, a range such as 1, 1.2, ^1.2, ~1.2 or >=1.2, or a channel such as stable (invalid-version)"
        ),
        (
            "{rollouts: {logs: {to: 2.0.0, percent: 101}}}",
            "a.yaml:4:46: error: 'percent' is 101; a whole number from 0 to 100 (invalid-value)"
        ),
        (
            "{rollouts: {logs: {percent: 10}}}",
            "a.yaml:4:25: error: 'logs' has no 'to'; expected a string (missing-field)"
        ),
        (
            "{rollouts: {logs: {to: 1.0.0, percent: 10}}}",
            "a.yaml:4:30: warning: the rollout changes nothing: 'logs' gives version 1.0.0 to everybody; remove it (invalid-value)"
        ),
        (
            "{rules: {A_b: {inject: [logs]}}}",
            "a.yaml:4:16: error: 'A_b' cannot name a rule; lower-case letters, digits, '-' and '.' (invalid-name)"
        ),
        (
            "{rules: {a: {mode: required}}}",
            "a.yaml:4:19: error: 'a' has no 'inject'; expected a list (missing-field)"
        ),
        (
            "{rules: {a: {inject: []}}}",
            "a.yaml:4:28: warning: the rule injects nothing; name a sidecar (invalid-value)"
        ),
        (
            "{rules: {a: {inject: [lgos]}}}",
            "a.yaml:4:29: error: there is no sidecar 'lgos'; did you mean 'logs'? (unknown-sidecar)"
        ),
        (
            "{bundles: {web: [logs]}, rules: {a: {inject: [wbe]}}}",
            "a.yaml:4:53: error: there is no sidecar 'wbe'; did you mean 'web'? (unknown-sidecar)"
        ),
        (
            "{rules: {a: {inject: [logs@3]}}}",
            "a.yaml:4:29: error: no version of 'logs' matches '3'; versions and channels: 1.0.0, 2.0.0, stable, next (unknown-version)"
        ),
        (
            "{rules: {a: {inject: [logs, logs]}}}",
            "a.yaml:4:35: error: the rule injects 'logs' twice (duplicate-name)"
        ),
        (
            "{rules: {a: {inject: [logs], mode: requird}}}",
            "a.yaml:4:42: error: 'mode' is 'requird'; did you mean 'required'? (invalid-value)"
        ),
        (
            "{rules: {a: {inject: [logs], namespaces: [Pay]}}}",
            "a.yaml:4:49: error: 'Pay' matches no namespace; lower-case letters, digits, '-', and '*' for any characters (invalid-value)"
        ),
        (
            "{rules: {a: {inject: [logs], namespaces: []}}}",
            "a.yaml:4:48: warning: the list is empty, so that no namespace matches; leave it out to match all (invalid-value)"
        ),
        (
            "{rules: {a: {inject: [logs], pods: {}}}}",
            "a.yaml:4:36: error: unknown field 'pods'; allowed fields: inject, namespaces, podSelector, mode (unknown-field)"
        ),
        (
            "{rules: {a: {inject: [logs, old-logs]}}}",
            "a.yaml:4:19: error: the rule 'a' brings 'logs' and 'old-logs' together, which conflict; remove one of them (conflicting-sidecars)"
        ),
        (
            "{bundles: {all: [logs, old-logs]}}",
            "a.yaml:4:23: error: the bundle 'all' brings 'logs' and 'old-logs' together, which conflict; remove one of them (conflicting-sidecars)"
        ),
        (
            "{namespaces: {excluded: [Kube]}}",
            "a.yaml:4:32: error: 'Kube' matches no namespace; lower-case letters, digits, '-', and '*' for any characters (invalid-value)"
        ),
        (
            "{rules: {a: {inject: [logs], podSelector: {matchLabel: {a: b}}}}}",
            "a.yaml:4:50: error: unknown field 'matchLabel'; did you mean 'matchLabels'? (unknown-field)"
        ),
        (
            "{rules: {a: {inject: [logs], podSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}}}}",
            "a.yaml:4:88: error: \"in\" is no operator; use one of In, NotIn, Exists, DoesNotExist (invalid-selector)"
        ),
        (
            "{rules: {a: {inject: [logs], podSelector: [a]}}}",
            "a.yaml:4:49: error: 'podSelector' is a list, not an object (wrong-type)"
        ),
    ]
}
