"""What a real API server does to a pod between two calls of a webhook: defaults and built-in admission."""

import copy

token_path = "/var/run/secrets/kubernetes.io/serviceaccount"

pod_defaults = {
    "restartPolicy": "Always",
    "dnsPolicy": "ClusterFirst",
    "terminationGracePeriodSeconds": 30,
    "schedulerName": "default-scheduler",
    "enableServiceLinks": True,
    "securityContext": {},
}
container_defaults = {
    "resources": {},
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
}
probe_defaults = {"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}

# What a volume source gets, by its name in the Volume.
volume_defaults = {
    "secret": {"defaultMode": 420},
    "configMap": {"defaultMode": 420},
    "downwardAPI": {"defaultMode": 420},
    "projected": {"defaultMode": 420},
    "hostPath": {"type": ""},
}


def _default(target, defaults):
    for key, value in defaults.items():
        if target.get(key) is None:
            target[key] = copy.deepcopy(value)


def _image_pull_policy(image):
    if "@" in image:
        return "IfNotPresent"
    tag = image.rsplit("/", 1)[-1].partition(":")[2]
    return "Always" if tag in ("", "latest") else "IfNotPresent"


def _default_field_reference(reference):
    if reference is not None:
        _default(reference, {"apiVersion": "v1"})


def _default_http(handler):
    if handler.get("httpGet") is not None:
        _default(handler["httpGet"], {"path": "/", "scheme": "HTTP"})
    if handler.get("grpc") is not None:
        _default(handler["grpc"], {"service": ""})


def _default_container(container):
    _default(container, container_defaults)
    _default(container, {"imagePullPolicy": _image_pull_policy(container.get("image", ""))})
    for port in container.get("ports") or []:
        _default(port, {"protocol": "TCP"})
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        if container.get(name) is not None:
            _default(container[name], probe_defaults)
            _default_http(container[name])
    for hook in (container.get("lifecycle") or {}).values():
        if isinstance(hook, dict):
            _default_http(hook)
    for variable in container.get("env") or []:
        _default_field_reference((variable.get("valueFrom") or {}).get("fieldRef"))
    # Limits without requests become the requests.
    limits = container["resources"].get("limits") or {}
    requests = container["resources"].get("requests") or {}
    filled = {**requests, **{name: value for name, value in limits.items() if name not in requests}}
    if filled:
        container["resources"]["requests"] = filled


def _default_volume(volume):
    for source, defaults in volume_defaults.items():
        if volume.get(source) is not None:
            _default(volume[source], defaults)
    items = list((volume.get("downwardAPI") or {}).get("items") or [])
    for source in (volume.get("projected") or {}).get("sources") or []:
        if source.get("serviceAccountToken") is not None:
            _default(source["serviceAccountToken"], {"expirationSeconds": 3600})
        items += (source.get("downwardAPI") or {}).get("items") or []
    for item in items:
        _default_field_reference(item.get("fieldRef"))


def fill_defaults(pod):
    """The pod with the API server's defaults in it."""
    pod = copy.deepcopy(pod)
    spec = pod["spec"]
    _default(spec, pod_defaults)
    for container in (spec.get("initContainers") or []) + spec["containers"]:
        _default_container(container)
    for volume in spec.get("volumes") or []:
        _default_volume(volume)
    return pod


def _token_volume(name):
    sources = [
        {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
        {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
        {
            "downwardAPI": {
                "items": [{"path": "namespace", "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}]
            }
        },
    ]
    return {"name": name, "projected": {"sources": sources, "defaultMode": 420}}


def mount_token(pod):
    """ServiceAccount admission: the API token in every container that has nothing at its path."""
    pod = copy.deepcopy(pod)
    spec = pod["spec"]
    if spec.get("automountServiceAccountToken") is False:
        return pod
    volumes = spec.get("volumes") or []
    name = next((v["name"] for v in volumes if v["name"].startswith("kube-api-access-")), None)
    added = name or "kube-api-access-zzzzz"
    used = False
    for container in (spec.get("initContainers") or []) + spec["containers"]:
        mounts = container.get("volumeMounts") or []
        if any(m["mountPath"] == token_path for m in mounts):
            continue
        container["volumeMounts"] = mounts + [{"name": added, "readOnly": True, "mountPath": token_path}]
        used = True
    if used and name is None:
        spec["volumes"] = volumes + [_token_volume(added)]
    return pod


def limit_range(pod, requests, limits):
    """LimitRanger admission: its defaults where a container names nothing."""
    pod = copy.deepcopy(pod)
    for container in (pod["spec"].get("initContainers") or []) + pod["spec"]["containers"]:
        resources = container.setdefault("resources", {})
        # A limit that is named stands in for the request that is not.
        resources["requests"] = {**requests, **(resources.get("limits") or {}), **(resources.get("requests") or {})}
        resources["limits"] = {**limits, **(resources.get("limits") or {})}
    return pod


def admit_again(pod):
    """Everything of it together, as it happens before a second call."""
    return mount_token(fill_defaults(pod))
