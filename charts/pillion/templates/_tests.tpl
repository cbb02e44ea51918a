{{/* Labels of the test pods: not those that the Service and the Deployment select by. */}}
{{- define "pillion.testLabels" -}}
{{- $labels := include "pillion.labels" . | fromYaml -}}
{{- $_ := set $labels "app.kubernetes.io/name" (printf "%s-test" (include "pillion.name" .) | trunc 63 | trimSuffix "-") -}}
{{- toYaml $labels -}}
{{- end -}}

{{/* What both test pods have in common. */}}
{{- define "pillion.testPod" -}}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "pillion.testContainer" -}}
image: {{ include "pillion.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
resources:
  requests: {cpu: 10m, memory: 64Mi}
  limits: {memory: 128Mi}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
{{- end -}}
