"""Reads messages of HTTP/1.1 as the strictest recipient would: whatever could be read in two ways is an error."""

import dataclasses
import re

_token = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_line = re.compile(_token + rb":[ \t]*(?:[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff\t]*[\x21-\x7e\x80-\xff])?)?[ \t]*")
_request_line = re.compile(_token + rb" [\x21-\x7e\x80-\xff]+ HTTP/1\.1")
_status_line = re.compile(rb"HTTP/1\.[01] [1-9][0-9][0-9](?: [\t\x20-\x7e\x80-\xff]*)?")
_chunk_line = re.compile(rb"[0-9A-Fa-f]{1,15}")


class Ambiguous(AssertionError):
    """The bytes are no message, or not surely one."""


@dataclasses.dataclass
class Message:
    """One request or response, or as much of it as there is."""

    first: str
    lines: list
    body: bytes = b""
    trailers: list = dataclasses.field(default_factory=list)
    whole: bool = True

    def values(self, name):
        return [value for line in self.lines for key, value in [_field(line)] if key == name.lower()]

    @property
    def status(self):
        return int(self.first.split(" ")[1])


def _field(line):
    name, _, value = line.partition(":")
    return name.lower(), value.strip(" \t")


def _lines(data, start):
    """The lines up to the empty one and the offset behind it; None while it has not come."""
    end = data.find(b"\r\n\r\n", start)
    if data.startswith(b"\r\n", start):
        return [], start + 2
    if end < 0:
        return None
    return data[start:end].split(b"\r\n"), end + 4


def _checked(lines):
    for line in lines:
        if not _line.fullmatch(line):
            raise Ambiguous(f"no header line: {line!r}")
    return [line.decode("latin-1") for line in lines]


def _chunks(data, start):
    """The body behind `start`, its trailers and the offset behind it (None where it is not whole)."""
    body = b""
    while True:
        end = data.find(b"\r\n", start)
        if end < 0:
            return body, [], None
        if not _chunk_line.fullmatch(data[start:end]):
            raise Ambiguous(f"no chunk size: {data[start:end]!r}")
        size, start = int(data[start:end], 16), end + 2
        if size == 0:
            found = _lines(data, start)
            return (body, [], None) if found is None else (body, _checked(found[0]), found[1])
        body += data[start : start + size]
        start += size
        if len(data) >= start + 2 and data[start : start + 2] != b"\r\n":
            raise Ambiguous(f"chunk data goes on: {data[start : start + 2]!r}")
        start += 2


def parse(data, start=0, *, answers=None, ended=False):
    """The message at `start` and the offset behind it.

    `answers` is the request's method where a response is read. Returns (None, start) while the head is not complete;
    the offset is None while the body is not. `ended` says that nothing more comes.
    """
    found = _lines(data, start)
    if found is None:
        return None, start
    lines, place = found
    if not lines or not (_request_line if answers is None else _status_line).fullmatch(lines[0]):
        raise Ambiguous(f"no start line: {lines[:1]!r}")
    message = Message(lines[0].decode("latin-1"), _checked(lines[1:]))
    lengths, codings = message.values("content-length"), message.values("transfer-encoding")
    if len(lengths) + len(codings) > 1:
        raise Ambiguous(f"framed twice: {message.lines}")
    if answers is not None and (answers == "HEAD" or message.status < 200 or message.status in (204, 304)):
        return message, place
    if codings:
        if codings[0].lower() != "chunked":
            raise Ambiguous(f"coding: {codings[0]}")
        message.body, message.trailers, end = _chunks(data, place)
    elif lengths:
        if not lengths[0].isdecimal():
            raise Ambiguous(f"length: {lengths[0]}")
        message.body = data[place : place + int(lengths[0])]
        end = place + len(message.body) if len(message.body) == int(lengths[0]) else None
    elif answers is None:
        end = place
    else:
        message.body, end = data[place:], len(data) if ended else None
    message.whole = end is not None
    return message, end


def parse_all(data, ended=True):
    """All requests in what an upstream has recorded of one connection; the last one may be short."""
    found, place = [], 0
    while place is not None and place < len(data):
        message, place = parse(data, place, ended=ended)
        if message is None:
            found.append(Message(data[place:].decode("latin-1"), [], whole=False))
            break
        found.append(message)
    return found
