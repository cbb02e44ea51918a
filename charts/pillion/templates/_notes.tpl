{{/* What happens to pods while the injector cannot be asked, in words. */}}
{{- define "pillion.whileDown" -}}
{{- $policy := include "pillion.failurePolicy" . -}}
{{- $actions := .Values.validatingPolicy.actions -}}
{{- if eq $policy "Fail" -}}
While no replica answers, the API server refuses every pod that would be sent to Pillion (failurePolicy Fail).
{{- else -}}
While no replica answers, pods are made without their sidecars (failurePolicy Ignore).
{{- if not (include "pillion.exportedPolicy" .) }} Nothing tells you of those.
{{- else if has "Deny" $actions }} The validating policy refuses those, and their controllers try again.
{{- else }} The validating policy tells of those ({{ join ", " $actions }}) and refuses none.
{{- end -}}
{{- end -}}
{{- end -}}
