{{/* The arguments of the container, as a list in YAML. */}}
{{- define "pillion.arguments" -}}
{{- $options := .Values.certificates -}}
- webhook
- --listen=[::]:{{ .Values.ports.https }}
- --ops-listen=[::]:{{ .Values.ports.ops }}
- --catalog=/etc/pillion/catalog
{{- if eq $options.mode "selfManaged" }}
- --self-signed
- --self-signed-secret={{ .Release.Namespace }}/{{ include "pillion.tlsSecret" . }}
- --self-signed-service={{ include "pillion.fullname" . }}
- --self-signed-webhook={{ include "pillion.configurations" . | fromJsonArray | join "," }}
- --self-signed-ca-validity={{ $options.selfManaged.authorityValidity }}
- --self-signed-validity={{ $options.selfManaged.validity }}
- --self-signed-grace={{ $options.selfManaged.grace }}
{{- range $options.extraDnsNames }}
- --self-signed-dns={{ . }}
{{- end }}
{{- else }}
- --tls-cert=/etc/pillion/tls/tls.crt
- --tls-key=/etc/pillion/tls/tls.key
{{- end }}
{{- with .Values.clientAuthentication }}
{{- if .secretName }}
- --client-ca=/etc/pillion/clients/ca.crt
{{- range .names }}
- --client-name={{ . }}
{{- end }}
{{- with .revocationListKey }}
- --client-crl=/etc/pillion/clients/{{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- with include "pillion.clusterVersion" . }}
- --cluster-version={{ . }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- {{ printf "--%s=%s" $name (include "pillion.plain" $value) | quote }}
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* A value as a flag wants it: whole numbers without an exponent. */}}
{{- define "pillion.plain" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{- int64 . -}}{{- else -}}{{- toString . -}}{{- end -}}
{{- end -}}

{{/* The version of a cluster that has no native sidecars yet; nothing otherwise, which is what the program assumes. */}}
{{- define "pillion.clusterVersion" -}}
{{- if .Values.clusterVersion -}}
{{- .Values.clusterVersion -}}
{{- else if semverCompare "<1.29.0-0" .Capabilities.KubeVersion.Version -}}
{{- printf "%s.%s" .Capabilities.KubeVersion.Major (regexFind "^[0-9]+" .Capabilities.KubeVersion.Minor) -}}
{{- end -}}
{{- end -}}

{{/* The webhook configurations of the release, as the program names them, in JSON. */}}
{{- define "pillion.configurations" -}}
{{- $names := list (printf "mutating/%s" (include "pillion.fullname" .)) -}}
{{- if or .Values.webhook.validate.enabled .Values.webhook.advise.enabled -}}
{{- $names = append $names (printf "validating/%s" (include "pillion.fullname" .)) -}}
{{- end -}}
{{- $names | toJson -}}
{{- end -}}

{{- define "pillion.podAnnotations" -}}
{{- $annotations := dict -}}
{{- if and .Values.metrics.annotations (not (include "pillion.podMonitor" .)) (ne .Values.metrics.serviceMonitor.enabled "always") -}}
{{- $port := .Values.ports.ops | toString -}}
{{- $annotations = dict "prometheus.io/scrape" "true" "prometheus.io/port" $port "prometheus.io/path" "/metrics" -}}
{{- end -}}
{{- with merge (dict) .Values.podAnnotations $annotations -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}
