"""Models of the objects of cert-manager and of the Prometheus operator, and what they find in one."""

import importlib


def findings(value):
    """What the model of an object finds: values that are none, and fields that there are not."""
    group = "cert_manager" if value["apiVersion"].startswith("cert-manager.io/") else "prometheus_operator"
    version = value["apiVersion"].rpartition("/")[2]
    model = getattr(importlib.import_module(f"cloudcoil.models.{group}.{version}"), value["kind"])
    try:
        read = model.model_validate(value)
    except ValueError as error:
        return [str(error)]
    # The models pass over fields that they do not know: whatever does not come back is one.
    return _lost(value, read.model_dump(mode="json", by_alias=True, exclude_unset=True), "")


def _lost(given, back, path):
    if isinstance(given, dict) and isinstance(back, dict):
        lost = [f"{path}/{key} is no field" for key in given if key not in back]
        return lost + [found for key in given if key in back for found in _lost(given[key], back[key], f"{path}/{key}")]
    if isinstance(given, list) and isinstance(back, list):
        return [found for i, (one, other) in enumerate(zip(given, back)) for found in _lost(one, other, f"{path}/{i}")]
    return []
