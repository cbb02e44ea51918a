{{/* Where the API server finds a path of the webhook. Takes root and path. */}}
{{- define "pillion.clientConfig" -}}
service:
  name: {{ include "pillion.fullname" .root }}
  namespace: {{ .root.Release.Namespace }}
  path: {{ .path }}
  port: {{ .root.Values.service.port }}
{{- with include "pillion.caBundle" .root }}
caBundle: {{ . }}
{{- end }}
{{- end -}}

{{/* Namespaces whose pods are sent: not Pillion's own, so that it can always start, and not those that are excluded. */}}
{{- define "pillion.namespaceSelector" -}}
{{- $excluded := concat (list .Release.Namespace) .Values.webhook.excludedNamespaces | uniq -}}
{{- $expression := dict "key" "kubernetes.io/metadata.name" "operator" "NotIn" "values" $excluded -}}
{{- $more := .Values.webhook.namespaceSelector -}}
{{- $selector := dict "matchExpressions" (concat (list $expression) ($more.matchExpressions | default list)) -}}
{{- with $more.matchLabels -}}{{- $_ := set $selector "matchLabels" . -}}{{- end -}}
{{- toYaml $selector -}}
{{- end -}}

{{/*
Conditions under which pods are sent. Mirror pods stand for files on a node; nothing can be added to them. Takes root, and
whether updates are sent too, in which case the annotation may be on the pod as it was.
*/}}
{{- define "pillion.podConditions" -}}
{{- $facts := include "pillion.catalogFacts" .root | fromJson -}}
{{- $mode := .root.Values.webhook.onlyAnnotated -}}
- name: is-no-mirror-pod
  expression: "!has(object.metadata.annotations) || !('kubernetes.io/config.mirror' in object.metadata.annotations)"
{{- if or (eq $mode "always") (and (eq $mode "auto") (not $facts.hasRules)) }}
- name: has-our-annotation
  expression: >-
    {{ include "pillion.isAnnotated" (dict "pod" "object" "domain" $facts.domain) }}
    {{- if .updates }}
    || oldObject != null && {{ include "pillion.isAnnotated" (dict "pod" "oldObject" "domain" $facts.domain) }}
    {{- end }}
{{- end }}
{{- with .root.Values.webhook.matchConditions }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* CEL for a pod with an annotation of the domain or of one below it. */}}
{{- define "pillion.isAnnotated" -}}
has({{ .pod }}.metadata.annotations) && {{ .pod }}.metadata.annotations.exists(k, k.startsWith('{{ .domain }}/') || k.contains('.{{ .domain }}/'))
{{- end -}}

{{/* `FailAfterInstall` is Ignore while there is nobody to ask yet. */}}
{{- define "pillion.failurePolicy" -}}
{{- $policy := .Values.webhook.failurePolicy -}}
{{- if eq $policy "FailAfterInstall" -}}
{{- ternary "Ignore" "Fail" .Release.IsInstall -}}
{{- else -}}
{{- $policy -}}
{{- end -}}
{{- end -}}

{{/* Annotations of the configurations, with their heading. */}}
{{- define "pillion.webhookAnnotations" -}}
{{- $annotations := merge (dict) .Values.webhook.annotations (include "pillion.caAnnotations" . | fromYaml | default dict) -}}
{{- with $annotations -}}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The mutating configuration as a whole: installed, and read by a test. */}}
{{- define "pillion.mutatingConfiguration" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata:
  name: {{ include "pillion.fullname" . }}
  labels:
    {{- include "pillion.labels" . | nindent 4 }}
  {{- with include "pillion.webhookAnnotations" . }}
  {{- . | nindent 2 }}
  {{- end }}
webhooks:
  - name: inject.pillion.dev
    clientConfig:
      {{- include "pillion.clientConfig" (dict "root" . "path" "/mutate") | nindent 6 }}
    admissionReviewVersions: [v1, v1beta1]
    sideEffects: None
    failurePolicy: {{ include "pillion.failurePolicy" . }}
    reinvocationPolicy: {{ .Values.webhook.reinvocationPolicy }}
    matchPolicy: {{ .Values.webhook.matchPolicy }}
    timeoutSeconds: {{ .Values.webhook.timeoutSeconds }}
    rules:
      - operations: [CREATE]
        apiGroups: [""]
        apiVersions: [v1]
        resources: [pods]
        scope: Namespaced
    namespaceSelector:
      {{- include "pillion.namespaceSelector" . | nindent 6 }}
    {{- with .Values.webhook.objectSelector }}
    objectSelector:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    matchConditions:
      {{- include "pillion.podConditions" (dict "root" . "updates" false) | nindent 6 }}
{{- end -}}
