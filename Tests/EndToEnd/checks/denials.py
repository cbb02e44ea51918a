"""Denials.

Whoever asks for what is not there learns which annotation, which value and what was probably meant.
"""

from harness import fixtures, programs
from harness.registry import check


def denial(annotations):
    review = fixtures.annotate(fixtures.load("minimal"), annotations)
    value = fixtures.answer(programs.review(fixtures.encode(review)))
    assert not value["allowed"], value
    assert value["status"]["code"] == 403, value
    return value["status"]["message"]


@check(
    "the nearest name is named",
    cases=[
        ("sidecar", {"pillion.dev/inject": "log-shiper"}, ["log-shiper", "log-shipper"]),
        ("version", {"pillion.dev/inject": "log-shipper@4"}, ["log-shipper", "4", "5.1.1"]),
        (
            "parameter",
            {"pillion.dev/inject": "log-shipper", "log-shipper.pillion.dev/pth": "/logs"},
            ["pth", "path"],
        ),
        ("annotation", {"pillion.dev/injekt": "log-shipper"}, ["pillion.dev/injekt", "inject"]),
    ],
)
def nearest(_, annotations, words):
    message = denial(annotations)
    for word in words:
        assert word in message, message


@check(
    "a parameter that is not allowed is denied",
    cases=[
        ("relative path", {"log-shipper.pillion.dev/path": "logs"}),
        ("unknown level", {"log-shipper.pillion.dev/level": "loud"}),
        ("too much memory", {"log-shipper.pillion.dev/memory": "4Gi"}),
        ("no quantity", {"log-shipper.pillion.dev/memory": "plenty"}),
        ("line break", {"log-shipper.pillion.dev/path": "/var/log\n/etc"}),
    ],
)
def refused_parameter(_, annotations):
    message = denial({"pillion.dev/inject": "log-shipper", **annotations})
    assert next(iter(annotations)) in message, message


@check("a port that no one named is asked for")
def missing_port():
    assert "port" in denial({"pillion.dev/inject": "proxy"})


@check("a required parameter that is missing is named")
def missing_parameter():
    assert "role" in denial({"pillion.dev/inject": "secrets-agent"})
