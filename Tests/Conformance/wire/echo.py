"""What upstreams of either version answer: the request itself, or what its path says."""

import dataclasses
import hashlib

large = hashlib.shake_256(b"large").digest(700_003)


@dataclasses.dataclass
class Request:
    """A request as an upstream got it, in whichever version."""

    method: str
    target: str
    fields: list
    body: bytes = b""
    trailers: list = dataclasses.field(default_factory=list)

    @classmethod
    def of(cls, message):
        """From HTTP/1.1, names in small letters as in HTTP/2."""
        method, target, _ = message.first.split(" ")
        return cls(
            method,
            target,
            [_pair(line) for line in message.lines],
            message.body,
            [_pair(line) for line in message.trailers],
        )

    def values(self, name):
        return [value for key, value in self.fields if key == name]


def _pair(line):
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


@dataclasses.dataclass
class Answer:
    """What is answered; `breaks` says that it breaks off behind the body."""

    status: int
    fields: list
    body: bytes = b""
    trailers: list = dataclasses.field(default_factory=list)
    interims: tuple = ()
    breaks: bool = False


def deeds(request):
    """The answer to a request."""
    answer = Answer(200, [("x-method", request.method), ("x-target", request.target)], request.body)
    if request.target.startswith("/status/"):
        answer.status = int(request.target.split("/")[2])
        if answer.status in (204, 304):
            answer.body = b""
    elif request.target == "/large":
        answer.body = large
    elif request.target == "/trailers":
        answer.trailers = [("x-got", str(len(request.trailers))), *request.trailers]
    elif request.target == "/hints":
        answer.interims = (103,)
    elif request.target == "/break":
        answer.body, answer.breaks = b"part", True
    elif request.target == "/early":
        answer.status, answer.body = 413, b"too large"
    if request.method == "HEAD":
        answer.fields.append(("content-length", "5"))
        answer.body = b""
    return answer


def as_http1(message):
    """The same as the bytes of a response of HTTP/1.1, in chunks."""
    request = Request.of(message)
    answer = deeds(request)
    text = "".join(f"HTTP/1.1 {code} Interim\r\nlink: <x>\r\n\r\n" for code in answer.interims)
    text += f"HTTP/1.1 {answer.status} Status\r\n" + "".join(f"{k}: {v}\r\n" for k, v in answer.fields)
    if answer.status in (204, 304) or request.method == "HEAD":
        return (text + "\r\n").encode()
    data = (text + "transfer-encoding: chunked\r\n\r\n").encode()
    for start in range(0, len(answer.body), 60_000):
        piece = answer.body[start : start + 60_000]
        data += b"%x\r\n%b\r\n" % (len(piece), piece)
    if answer.breaks:
        return data
    return data + b"0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in answer.trailers).encode() + b"\r\n"
