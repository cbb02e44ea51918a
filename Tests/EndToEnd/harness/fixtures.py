"""The captured AdmissionReview bodies, as they are and with sidecars asked for."""

import base64
import copy
import json

from .programs import repository

folder = repository / "Tests" / "Fixtures" / "admission"
names = sorted(path.stem for path in folder.glob("*.json"))

request_annotations = {"pillion.dev/inject": "log-shipper, proxy", "proxy.pillion.dev/port": "8080"}


def body(name):
    """A captured body, byte for byte."""
    return (folder / f"{name}.json").read_bytes()


def load(name):
    return json.loads(body(name))


def encode(review):
    return json.dumps(review, ensure_ascii=False, separators=(",", ":")).encode()


def annotate(review, annotations):
    """The review with annotations added to its object, old and new."""
    review = copy.deepcopy(review)
    for key in ("object", "oldObject"):
        value = review["request"].get(key)
        if isinstance(value, dict):
            metadata = value.setdefault("metadata", {})
            metadata["annotations"] = {**(metadata.get("annotations") or {}), **annotations}
    return review


def asking(name, **more):
    """The review with the two sidecars of the catalog asked for."""
    return annotate(load(name), {**request_annotations, **more})


def is_pod_creation(review):
    request = review["request"]
    return (
        request["operation"] == "CREATE"
        and request["resource"]["resource"] == "pods"
        and not request.get("subResource")
    )


def answer(response):
    """The `response` of an AdmissionReview, checked for what every reply must have."""
    review = json.loads(response)
    assert review.get("kind") == "AdmissionReview", review
    value = review["response"]
    assert isinstance(value.get("allowed"), bool), value
    assert ("patch" in value) == ("patchType" in value), "patch and patchType come together or not at all"
    assert value.get("patchType", "JSONPatch") == "JSONPatch", value
    for warning in value.get("warnings", []):
        assert len(warning) <= 256, f"a warning the API server would cut: {warning}"
    return value


def echoes(response, review):
    """Whether an answer carries the request's uid and version."""
    reply = json.loads(response)
    assert reply["apiVersion"] == review["apiVersion"], reply["apiVersion"]
    assert reply["response"]["uid"] == review["request"]["uid"], reply["response"].get("uid")


def operations(value):
    """The decoded patch of a response, empty when there is none."""
    return json.loads(base64.b64decode(value["patch"], validate=True)) if "patch" in value else []


def with_object(review, pod):
    """The review as it comes again, with another object."""
    review = copy.deepcopy(review)
    review["request"]["object"] = pod
    return review
