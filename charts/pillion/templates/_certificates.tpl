{{/* The Secret that holds the serving certificate. */}}
{{- define "pillion.tlsSecret" -}}
{{- $mode := .Values.certificates.mode -}}
{{- if eq $mode "existingSecret" -}}
{{- .Values.certificates.existingSecret.name -}}
{{- else if eq $mode "selfManaged" -}}
{{- include "pillion.fullname" . }}-self-signed
{{- else -}}
{{- include "pillion.fullname" . }}-tls
{{- end -}}
{{- end -}}

{{/* The names that the API server and people call the Service by, as a list in JSON. The first is the API server's. */}}
{{- define "pillion.dnsNames" -}}
{{- $service := printf "%s.%s" (include "pillion.fullname" .) .Release.Namespace -}}
{{- $names := list (printf "%s.svc" $service) (printf "%s.svc.cluster.local" $service) $service -}}
{{- concat $names .Values.certificates.extraDnsNames | uniq | toJson -}}
{{- end -}}

{{/*
Mode `helm`: authority, certificate and key. They are made once for all templates of a render, which share .Values, and
kept as they are in the cluster until they have to change. GitOps tools see no cluster and get new ones each time.
*/}}
{{- define "pillion.pair" -}}
{{- if not (hasKey .Values "decidedPair") -}}
{{- $existing := lookup "v1" "Secret" .Release.Namespace (include "pillion.tlsSecret" .) | default dict -}}
{{- $marks := include "pillion.pairMarks" . | fromJson -}}
{{- $arguments := dict "existing" $existing "marks" $marks "before" .Values.certificates.helm.renewBeforeDays -}}
{{- $pair := dict -}}
{{- if include "pillion.isPairKept" $arguments -}}
{{- $data := $existing.data -}}
{{- $pair = dict "ca" (index $data "ca.crt") "certificate" (index $data "tls.crt") "key" (index $data "tls.key") -}}
{{- $_ := set $pair "annotations" (dict) -}}
{{- range $key, $value := $existing.metadata.annotations -}}
{{- if hasPrefix "pillion.dev/" $key -}}{{- $_ := set $pair.annotations $key $value -}}{{- end -}}
{{- end -}}
{{- else -}}
{{- $pair = include "pillion.newPair" (dict "root" . "existing" $existing "marks" $marks) | fromJson -}}
{{- end -}}
{{- $_ := set .Values "decidedPair" $pair -}}
{{- end -}}
{{- .Values.decidedPair | toJson -}}
{{- end -}}

{{/* What the Secret remembers of the values that the pair was made for. */}}
{{- define "pillion.pairMarks" -}}
{{- $names := include "pillion.dnsNames" . | fromJsonArray | join "," -}}
{{- dict "pillion.dev/dns-names" $names "pillion.dev/rotation" (.Values.certificates.helm.rotation | toString) | toJson -}}
{{- end -}}

{{/*
Whether the pair of an existing Secret stays: "true" or nothing. It does unless a part is missing, it was made for other
names, a rotation was asked for, or its end is near. A Secret without our annotations was made by somebody else, and stays.
*/}}
{{- define "pillion.isPairKept" -}}
{{- $data := .existing.data | default dict -}}
{{- $annotations := dig "metadata" "annotations" dict .existing | default dict -}}
{{- $kept := and (index $data "ca.crt") (index $data "tls.crt") (index $data "tls.key") | empty | not -}}
{{- range $key, $value := .marks -}}
{{- if ne (index $annotations $key | default $value) $value -}}{{- $kept = false -}}{{- end -}}
{{- end -}}
{{- with index $annotations "pillion.dev/not-after" -}}
{{- $end := toDate "2006-01-02" . | unixEpoch | int64 -}}
{{- $renewal := sub $end (mul $.before 86400) -}}
{{- if ge (now | unixEpoch | int64) $renewal -}}{{- $kept = false -}}{{- end -}}
{{- end -}}
{{- if $kept -}}true{{- end -}}
{{- end -}}

{{/* A new pair. The authority of the pair before it stays trusted: replicas serve that until the new Secret reaches them. */}}
{{- define "pillion.newPair" -}}
{{- $days := .root.Values.certificates.helm.validityDays | int -}}
{{- $names := include "pillion.dnsNames" .root | fromJsonArray -}}
{{- $authority := genCAWithKey "Pillion webhook CA" $days (genPrivateKey "ecdsa") -}}
{{- $leaf := genSignedCertWithKey (first $names) nil $names $days $authority (genPrivateKey "ecdsa") -}}
{{- $bundle := $authority.Cert -}}
{{- $before := dig "data" "ca.crt" "" .existing | default "" | b64dec -}}
{{- with regexFind "(?s)-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----" $before -}}
{{- $bundle = printf "%s\n%s\n" (trim $bundle) . -}}
{{- end -}}
{{- $end := dateInZone "2006-01-02" (now | dateModify (printf "+%dh" (mul $days 24))) "UTC" -}}
{{- $annotations := merge (dict "pillion.dev/not-after" $end) .marks -}}
{{- dict "ca" ($bundle | b64enc) "certificate" ($leaf.Cert | b64enc) "key" ($leaf.Key | b64enc) "annotations" $annotations | toJson -}}
{{- end -}}

{{/* The caBundle of the webhook configurations, base 64; nothing where somebody else fills it in. */}}
{{- define "pillion.caBundle" -}}
{{- include "pillion.certificateChecks" . -}}
{{- $mode := .Values.certificates.mode -}}
{{- if eq $mode "helm" -}}
{{- (include "pillion.pair" . | fromJson).ca -}}
{{- else if eq $mode "existingSecret" -}}
{{- $options := .Values.certificates.existingSecret -}}
{{- if $options.caBundle -}}
{{- $options.caBundle | b64enc -}}
{{- else if not $options.injectCaFromSecret -}}
{{- $existing := lookup "v1" "Secret" .Release.Namespace $options.name | default dict -}}
{{- $authority := dig "data" "ca.crt" "" $existing -}}
{{- if not $authority -}}
{{- printf "certificates.existingSecret.caBundle is empty, and no Secret %s/%s with a ca.crt was found: give the authority as PEM, or set injectCaFromSecret" .Release.Namespace $options.name | fail -}}
{{- end -}}
{{- $authority -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Annotations by which cert-manager's CA injector knows where caBundle comes from. */}}
{{- define "pillion.caAnnotations" -}}
{{- $mode := .Values.certificates.mode -}}
{{- if eq $mode "certManager" -}}
cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/{{ include "pillion.fullname" . }}
{{- else if and (eq $mode "existingSecret") .Values.certificates.existingSecret.injectCaFromSecret -}}
cert-manager.io/inject-ca-from-secret: {{ .Release.Namespace }}/{{ .Values.certificates.existingSecret.name }}
{{- end -}}
{{- end -}}
