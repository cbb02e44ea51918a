"""Captured reviews with something broken in them."""

import copy
import json
import os
import pathlib
import random

from harness import fixtures

# What a value is replaced with; `missing` drops the key.
missing = object()
replacements = [missing, None, True, -1, 1.5e300, "", [], {}]


def _paths(value, path=()):
    if isinstance(value, dict):
        for key, child in value.items():
            yield (*path, key)
            yield from _paths(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield (*path, index)
            yield from _paths(child, (*path, index))


def _replaced(review, path, value):
    review = copy.deepcopy(review)
    holder = review
    for step in path[:-1]:
        holder = holder[step]
    if value is missing:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return fixtures.encode(review)


def changed_reviews(count, seed):
    """So many captured reviews in each of which one value is dropped, made null or of another type."""
    generator = random.Random(seed)
    reviews = []
    for name in fixtures.names:
        if len(fixtures.body(name)) < 16_000:
            review = fixtures.asking(name)
            reviews.append((review, list(_paths(review))))
    for _ in range(count):
        review, paths = generator.choice(reviews)
        yield _replaced(review, generator.choice(paths), generator.choice(replacements))


def broken_texts(count, seed):
    """So many captured reviews with bytes cut, changed, doubled or put in."""
    generator = random.Random(seed)
    bodies = [fixtures.body(name) for name in fixtures.names if len(fixtures.body(name)) < 16_000]
    for _ in range(count):
        body = bytearray(generator.choice(bodies))
        for _ in range(generator.randint(1, 4)):
            place = generator.randrange(max(1, len(body)))
            match generator.randrange(4):
                case 0: del body[place:]
                case 1: body[place:place + 1] = bytes([generator.randrange(256)])
                case 2: body[place:place] = body[place:place + 40]
                case _: body[place:place] = generator.choice([b"\0", b"\xff", b'"', b"\\u", b"{", b"]", b"1e99999"])
        yield bytes(body)


def conformance_texts():
    """JSONTestSuite, as it is and in the place of a pod; empty where PILLION_SUITES is not set."""
    folder = os.environ.get("PILLION_SUITES")
    if not folder:
        return
    shell = json.dumps(fixtures.load("minimal") | {"x": "PLACE"}).encode()
    for path in sorted(pathlib.Path(folder, "JSONTestSuite", "test_parsing").glob("*.json")):
        text = path.read_bytes()
        yield text
        yield shell.replace(b'"PLACE"', text)
