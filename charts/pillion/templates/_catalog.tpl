{{/* The ConfigMap that holds the catalog. */}}
{{- define "pillion.catalogName" -}}
{{- if eq .Values.catalog.source "configMap" -}}
{{- .Values.catalog.configMap -}}
{{- else -}}
{{- include "pillion.fullname" . }}-catalog
{{- end -}}
{{- end -}}

{{/* The files of the catalog, name to text, as JSON. An empty text leaves a shipped file out. */}}
{{- define "pillion.catalogFiles" -}}
{{- $files := dict -}}
{{- if eq .Values.catalog.source "shipped" -}}
{{- range $path, $_ := .Files.Glob "catalog/*.yaml" -}}
{{- if ne (base $path) "kustomization.yaml" -}}
{{- $_ := set $files (base $path) ($.Files.Get $path) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $text := .Values.catalog.files -}}
{{- if $text -}}{{- $_ := set $files $name $text -}}{{- else -}}{{- $_ := unset $files $name -}}{{- end -}}
{{- end -}}
{{- $files | toJson -}}
{{- end -}}

{{/*
What the templates have to know of the catalog, as JSON: `hasRules` and `domain`. Nobody can look into an existing
ConfigMap here, so that it counts as one with rules.
*/}}
{{- define "pillion.catalogFacts" -}}
{{- $facts := dict "hasRules" true "domain" .Values.catalog.annotationDomain -}}
{{- if ne .Values.catalog.source "configMap" -}}
{{- $facts = dict "hasRules" false "domain" "pillion.dev" -}}
{{- range $name, $text := include "pillion.catalogFiles" . | fromJson -}}
{{- range regexSplit "(?m)^---.*$" $text -1 -}}
{{- $document := fromYaml . -}}
{{- if and (kindIs "map" $document) (eq (get $document "kind") "Catalog") -}}
{{- if dig "spec" "rules" dict $document -}}{{- $_ := set $facts "hasRules" true -}}{{- end -}}
{{- $_ := set $facts "domain" (dig "spec" "annotationDomain" "pillion.dev" $document) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $facts | toJson -}}
{{- end -}}

{{/* The exported policy and its binding, as `pillion export vap` writes them: nothing when there is none for this catalog. */}}
{{- define "pillion.exportedPolicy" -}}
{{- if and .Values.validatingPolicy.enabled (semverCompare ">=1.30.0-0" .Capabilities.KubeVersion.Version) -}}
{{- if .Values.validatingPolicy.exported -}}
{{- .Values.validatingPolicy.exported -}}
{{- else if and (eq .Values.catalog.source "shipped") (not .Values.catalog.files) -}}
{{- .Files.Get "files/policy.yaml" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The document of one kind out of the exported ones, under this release's name and for its namespaces. Takes root and kind. */}}
{{- define "pillion.policyDocument" -}}
{{- $root := .root -}}
{{- $kind := .kind -}}
{{- range regexSplit "(?m)^---.*$" (include "pillion.exportedPolicy" $root) -1 -}}
{{- $document := fromYaml . | default dict -}}
{{- if eq (get $document "kind") $kind -}}
{{- $labels := merge (include "pillion.labels" $root | fromYaml) (dig "metadata" "labels" dict $document) -}}
{{- $_ := set $document "metadata" (dict "name" (include "pillion.fullname" $root) "labels" $labels) -}}
{{- if eq $kind "ValidatingAdmissionPolicy" -}}
{{- $_ := set $document.spec.matchConstraints "namespaceSelector" (include "pillion.namespaceSelector" $root | fromYaml) -}}
{{- with $root.Values.webhook.objectSelector -}}{{- $_ := set $document.spec.matchConstraints "objectSelector" . -}}{{- end -}}
{{- else -}}
{{- $actions := $root.Values.validatingPolicy.actions -}}
{{- $_ := set $document "spec" (dict "policyName" (include "pillion.fullname" $root) "validationActions" $actions) -}}
{{- end -}}
{{ toYaml $document }}
{{- end -}}
{{- end -}}
{{- end -}}
