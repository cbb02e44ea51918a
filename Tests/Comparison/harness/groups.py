"""Groups of cases: one file for both proxies, and what is asked of them."""

import dataclasses
import importlib
import pathlib
import typing

from . import exchange

groups = []


@dataclasses.dataclass
class Case:
    """One question."""

    title: str
    # From a Proxy to a list of Answers, or to anything that can be compared.
    ask: typing.Callable
    # The difference that is accepted, by its name in the table of the documentation.
    differs: str | None = None


class Group:
    """Cases that share a file."""

    def __init__(self, title, configuration):
        self.title = title
        # From a Stage to the values of a bootstrap file.
        self.configuration = configuration
        self.cases = []
        groups.append(self)

    def ask(self, title, differs=None):
        """Registers a function as a case."""

        def register(function):
            self.cases.append(Case(title, function, differs))
            return function

        return register

    def send(self, title, *requests, differs=None, method=None, **one):
        """A case of one connection: raw requests, or one made by `exchange.request`."""
        raw = list(requests) or [exchange.request(method=method or "GET", **one)]

        def ask(proxy):
            client = exchange.Client(proxy.port)
            try:
                answers = []
                for data in raw:
                    client.send(data)
                    answers.append(client.answer(data.split(b" ", 1)[0].decode("latin-1")))
                    if answers[-1].status == 0:
                        break
                return answers
            finally:
                client.close()

        self.cases.append(Case(title, ask, differs))


def load():
    """Imports the modules of the cases, which register their groups."""
    folder = pathlib.Path(__file__).resolve().parent.parent / "cases"
    for path in sorted(folder.glob("[a-z]*.py")):
        importlib.import_module(f"cases.{path.stem}")
