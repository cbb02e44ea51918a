{{/* What no schema can say: each ends the render with a sentence. Included by the Deployment, which is always there. */}}
{{- define "pillion.checks" -}}
{{- $values := .Values -}}
{{- if and $values.hostNetwork (eq ($values.ports.https | int) 10250) -}}
{{- fail "hostNetwork with ports.https 10250: the kubelet has that port on the node; set ports.https to another, for example 9443" -}}
{{- end -}}
{{- if eq ($values.ports.https | int) ($values.ports.ops | int) -}}
{{- printf "ports.https and ports.ops are both %d: give each a port of its own" ($values.ports.https | int) | fail -}}
{{- end -}}
{{- if and (has "Deny" $values.validatingPolicy.actions) (has "Warn" $values.validatingPolicy.actions) -}}
{{- fail "validatingPolicy.actions has Deny and Warn, which the API server does not take together: use [Deny, Audit] or [Warn, Audit]" -}}
{{- end -}}
{{- if and $values.autoscaling.enabled (gt ($values.autoscaling.minReplicas | int) ($values.autoscaling.maxReplicas | int)) -}}
{{- fail "autoscaling.minReplicas is larger than autoscaling.maxReplicas" -}}
{{- end -}}
{{- include "pillion.catalogChecks" . -}}
{{- include "pillion.certificateChecks" . -}}
{{- end -}}

{{- define "pillion.catalogChecks" -}}
{{- $catalog := .Values.catalog -}}
{{- if eq $catalog.source "configMap" -}}
{{- if not $catalog.configMap -}}
{{- fail "catalog.source is configMap, but catalog.configMap names none" -}}
{{- end -}}
{{- if $catalog.files -}}
{{- fail "catalog.files has no effect with catalog.source configMap: put the files into that ConfigMap, or take source shipped or files" -}}
{{- end -}}
{{- else -}}
{{- $size := 0 -}}
{{- $files := include "pillion.catalogFiles" . | fromJson -}}
{{- range $name, $text := $files -}}{{- $size = add $size (len $text) -}}{{- end -}}
{{- if not $files -}}
{{- fail "the catalog is empty: fill in catalog.files, or take catalog.source shipped" -}}
{{- end -}}
{{- if gt $size 1048576 -}}
{{- printf "the catalog has %d bytes, and a ConfigMap takes 1048576: leave files out, or mount the catalog by extraVolumes and name its folder by extraArgs" $size | fail -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "pillion.certificateChecks" -}}
{{- $options := .Values.certificates -}}
{{- if and (eq $options.mode "existingSecret") (not $options.existingSecret.name) -}}
{{- fail "certificates.mode is existingSecret, but certificates.existingSecret.name names none" -}}
{{- end -}}
{{- if and (eq $options.mode "helm") (ge ($options.helm.renewBeforeDays | int) ($options.helm.validityDays | int)) -}}
{{- fail "certificates.helm.renewBeforeDays is not less than validityDays: every upgrade would make a new authority" -}}
{{- end -}}
{{- if and (eq $options.mode "selfManaged") (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
{{- fail "certificates.mode selfManaged gives rights to the service account: let the chart create it, or name one of your own" -}}
{{- end -}}
{{- if and .Values.clientAuthentication.names (not .Values.clientAuthentication.secretName) -}}
{{- fail "clientAuthentication.names without clientAuthentication.secretName: no client could prove its name" -}}
{{- end -}}
{{- end -}}
