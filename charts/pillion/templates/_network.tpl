{{/* Where connections may go: nowhere, but for the API server of self-managed certificates and a collector of spans. */}}
{{- define "pillion.egress" -}}
{{- $rules := list -}}
{{- if eq .Values.certificates.mode "selfManaged" -}}
{{- $ports := list (dict "protocol" "TCP" "port" 443) (dict "protocol" "TCP" "port" 6443) -}}
{{- $rules = append $rules (dict "ports" $ports) -}}
{{- end -}}
{{- with index .Values.settings "otlp-endpoint" -}}
{{- $url := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (ternary "443" "80" (eq $url.scheme "https")) -}}
{{- $dns := list (dict "protocol" "UDP" "port" 53) (dict "protocol" "TCP" "port" 53) -}}
{{- $rules = concat $rules (list (dict "ports" $dns) (dict "ports" (list (dict "protocol" "TCP" "port" ($port | int))))) -}}
{{- end -}}
{{- $rules = concat $rules .Values.networkPolicy.extraEgress -}}
{{- with $rules -}}{{- toYaml . -}}{{- end -}}
{{- end -}}
