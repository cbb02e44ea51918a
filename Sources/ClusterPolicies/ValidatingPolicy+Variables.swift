import Injection
import Kubernetes
import SidecarCatalog

extension ValidatingPolicy {
    /// A variable, which the API server works out once for a pod, and only when something asks for it.
    struct Variable {
        let name: String
        let expression: String
    }

    /// The variables; each only refers to those before it.
    var variables: [Variable] {
        let usesLabels = catalog.rules.contains { !$0.podSelector.selectsEverything }
        let labels = Variable(
            name: "labels",
            expression: "has(object.metadata.labels) ? object.metadata.labels : {}"
        )
        return lenses + (usesLabels ? [labels] : []) + catalogLists + request + findings
    }

    /// Parts of the pod that may be absent.
    private var lenses: [Variable] {
        [
            Variable(
                name: "annotations",
                expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}"
            ),
            Variable(
                name: "oldAnnotations",
                expression: """
                    request.operation == 'UPDATE' && has(oldObject.metadata.annotations)
                    ? oldObject.metadata.annotations : {}
                    """
            ),
            Variable(
                name: "initContainers",
                expression: "has(object.spec.initContainers) ? object.spec.initContainers : []"
            ),
            Variable(
                name: "oldInitContainers",
                expression: """
                    request.operation == 'UPDATE' && has(oldObject.spec.initContainers)
                    ? oldObject.spec.initContainers : []
                    """
            ),
            Variable(
                name: "pod",
                expression: """
                    'pod ' + request.namespace + '/' + (has(object.metadata.name) && object.metadata.name != ''
                    ? object.metadata.name
                    : (has(object.metadata.generateName) ? object.metadata.generateName + '*' : '(unnamed)'))
                    """
            ),
        ]
    }

    private var catalogLists: [Variable] {
        let images = catalog.sidecars.map { ($0.name.rawValue, ApprovedImages(of: $0, policy: catalog.images)) }
        let bundles = catalog.bundles.sorted { $0.key < $1.key }.map { bundle in
            (bundle.key, CEL.quoted(bundle.value.map(\.name.rawValue).joined(separator: ",")))
        }
        return [
            Variable(name: "sidecars", expression: CEL.map(images.map { ($0, CEL.list($1.patterns)) })),
            Variable(name: "bundles", expression: CEL.map(bundles)),
        ]
    }

    /// What the pod asks for.
    private var request: [Variable] {
        let (inject, exclude) = (CEL.quoted(keys.inject), CEL.quoted(keys.exclude))
        let asked = Variable(
            name: "asked",
            expression: """
                variables.names
                .map(n, n in variables.bundles ? variables.bundles[n] : (n in variables.sidecars ? n : ''))
                .join(',').split(',').filter(n, n in variables.sidecars && !(n in variables.excluded))
                """
        )
        return [
            Variable(
                name: "request",
                expression: """
                    request.operation == 'CREATE' && \(inject) in variables.annotations
                    ? variables.annotations[\(inject)].trim() : ''
                    """
            ),
            Variable(name: "optedOut", expression: "variables.request.lowerAscii() in ['false', 'none']"),
            Variable(
                name: "excluded",
                expression: """
                    \(exclude) in variables.annotations
                    ? variables.annotations[\(exclude)].split(',', 65).map(n, n.trim()) : []
                    """
            ),
            Variable(
                name: "names",
                expression: """
                    variables.optedOut ? []
                    : variables.request.split(',', 65).map(n, n.trim().replace(':', '@').split('@', 2)[0])
                    .filter(n, n != '')
                    """
            ),
            asked,
        ] + rules
    }

    private var rules: [Variable] {
        let required = RuleExpressions(catalog: catalog, mode: .required).lists
        let optional = RuleExpressions(catalog: catalog, mode: .default).lists
        let isRuled = !(required.isEmpty && optional.isEmpty)
        let kind = [
            Variable(
                name: "windows",
                expression: """
                    has(object.spec.os) && object.spec.os.name == 'windows'
                    || has(object.spec.nodeSelector) && 'kubernetes.io/os' in object.spec.nodeSelector
                    && object.spec.nodeSelector['kubernetes.io/os'] == 'windows'
                    """
            ),
            Variable(name: "hostNetwork", expression: "has(object.spec.hostNetwork) && object.spec.hostNetwork"),
        ]
        let wanted = Variable(name: "wanted", expression: CEL.sum(["variables.asked"] + required + optional))
        return (isRuled ? kind : []) + [wanted]
    }

    private var findings: [Variable] {
        let images = catalog.sidecars.map { ApprovedImages(of: $0, policy: catalog.images) }
        let approved =
            images.contains(where: \.hasBeginnings)
            ? "variables.sidecars[c.name].exists(i, i.endsWith('*')\n? c.image.startsWith(i.substring(0, i.size() - 1)) : c.image == i)"
            : "c.image in variables.sidecars[c.name]"
        return [
            Variable(
                name: "unknown",
                expression: "variables.names.filter(n, !(n in variables.sidecars) && !(n in variables.bundles))"
            ),
            Variable(
                name: "missing",
                expression: "variables.wanted.filter(n, !variables.initContainers.exists(c, c.name == n))"
            ),
            Variable(
                name: "stripped",
                expression: """
                    variables.wanted.filter(n, variables.initContainers.exists(c, c.name == n
                    && !(has(c.restartPolicy) && c.restartPolicy == 'Always')))
                    """
            ),
            Variable(
                name: "unapproved",
                expression: """
                    variables.initContainers.filter(c, c.name in variables.sidecars
                    && (c.name in variables.wanted || \(CEL.quoted(keys.status)) in variables.oldAnnotations
                    && variables.oldInitContainers.exists(o, o.name == c.name && o.image != c.image))
                    && !(has(c.image) && \(approved)))
                    """
            ),
            Variable(name: "changed", expression: changed),
        ]
    }

    /// The keys of what Pillion wrote that an update changes, removes or adds.
    private var changed: String {
        func isOurs(_ key: String) -> String {
            "(\(key) == \(CEL.quoted(keys.status)) || \(key).startsWith(\(CEL.quoted(keys.filePrefix))))"
        }
        return """
            request.operation != 'UPDATE' ? []
            : variables.oldAnnotations.filter(k, \(isOurs("k"))
            && !(k in variables.annotations && variables.annotations[k] == variables.oldAnnotations[k]))
            + variables.annotations.filter(k, \(isOurs("k")) && !(k in variables.oldAnnotations))
            """
    }
}
