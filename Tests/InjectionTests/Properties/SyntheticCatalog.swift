/// A catalog in which a parameter of each type stands in every kind of place.
enum SyntheticCatalog {
    /// Its documents.
    static let text = """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: synthetic}
        spec:
          unknown: warn
          phases: [first, second]
          bundles: {pair: [every, choosy]}
          rules: {calm: {namespaces: ["ruled-*"], inject: [bare], mode: default}}
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: every}
        spec:
          phase: second
          versions:
            1.0.0:
              parameters:
                string: {type: string, default: calm}
                text: {type: text, default: calm}
                integer: {type: integer, default: 1}
                number: {type: number, default: 1.5}
                boolean: {type: boolean, default: false}
                enum: {type: enum, values: [low, high], default: low}
                quantity: {type: quantity, default: 1Gi}
                duration: {type: duration, default: 5s}
                port: {type: port, default: 9000}
                path: {type: path, default: /data}
                name: {type: name, default: thing}
                image: {type: image, default: "registry.example/every:1"}
                list: {type: list, items: {type: string}, default: [calm]}
                paths: {type: list, items: {type: path}, default: []}
              container:
                image: $(params.image)
                command: [run, "--string=$(params.string)", "$(params.text)", "$(KEEP)", $(params.duration)]
                args: $(params.list)
                workingDir: $(params.path)
                env:
                  - {name: STRING, value: $(params.string)}
                  - {name: TEXT, value: "<$(params.text)> $(STRING)"}
                  - {name: NUMBER, value: $(params.number)}
                  - {name: KEEP, value: "$(params.integer) $(params.boolean) $(params.enum)"}
                envFrom: [{secretRef: {name: $(params.name), optional: true}}]
                ports: [{name: every, containerPort: 9100}]
                resources:
                  requests: {cpu: 10m, memory: $(params.quantity)}
                livenessProbe:
                  httpGet: {path: $(params.path), port: $(params.port)}
                  initialDelaySeconds: $(params.integer)
                readinessProbe: {exec: {command: [check, $(params.string), $(params.path)]}}
                volumeMounts: [{name: data, mountPath: $(params.path)}, {name: conf, mountPath: /conf}]
              setup:
                prepare: {image: $(params.image), args: ["$(params.string)", $(params.path)]}
                report: {image: "registry.example/report:1", place: after, command: $(params.paths)}
              files:
                /etc/every/tree.yaml:
                  yaml:
                    string: $(params.string)
                    text: $(params.text)
                    mixed: "a $(params.string): $(params.text) # b"
                    list: $(params.list)
                    typed: [$(params.integer), $(params.number), $(params.boolean), $(params.port), $(params.enum)]
                    units: {duration: $(params.duration), quantity: $(params.quantity)}
                    chosen: {$(params.enum): {low: {quiet: $(params.name)}, high: {loud: $(params.name)}}}
                    identity: $(app.runAsUser)
                /etc/every/tree.json: {json: {text: $(params.text), string: $(params.string), list: $(params.list)}}
                /etc/every/plain.txt: {text: "name = $(params.name)\\n"}
              volumes:
                - {name: data, emptyDir: {sizeLimit: $(params.quantity)}}
                - {name: conf, configMap: {name: $(params.name), optional: true}}
              app:
                containers: all
                volumeMounts: [{name: data, mountPath: $(params.path)}]
                env: [{name: EVERY, value: $(params.string)}, {name: EVERY_PATHS, value: "at $(params.path)"}]
              pod:
                annotations: {note.example.org/text: $(params.text), note.example.org/name: "is $(params.name)"}
                labels: {note.example.org/size: $(params.quantity)}
                imagePullSecrets: [{name: $(params.name)}]
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: choosy}
        spec:
          phase: first
          before: [bare]
          channels: {stable: 1.0.0, next: 2.0.0-rc.1}
          versions:
            1.0.0:
              parameters:
                mode: {type: enum, values: ["off", plain, "true"], default: plain}
                target: {type: string, required: false, pattern: "[^ ]+"}
                owner: {type: string}
              container:
                image: registry.example/choosy:1
                args:
                  - --owner=$(params.owner)
                  - $(params.mode): {"off": [], plain: ["--target", none], "true": ["--target", $(params.target)]}
                env:
                  - $(params.mode): {"off": [], plain: {name: MODE, value: plain}, "true": {name: MODE, value: $(params.target)}}
              app: {containers: annotated, env: [{name: CHOSEN, value: $(params.owner)}]}
            2.0.0-rc.1: {container: {image: "registry.example/choosy:2"}}
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: bare}
        spec: {phase: first, versions: {1.0.0: {container: {image: "registry.example/bare:1"}}}}
        """
}
