"""The list of checks, and how one is run: bounded in time, its failure told in a few lines."""

import contextlib
import importlib
import pathlib
import signal
import textwrap
import time
import traceback

checks = []

_shared = contextlib.ExitStack()
_shared_values = {}


class Check:
    """One behaviour, on one case."""

    def __init__(self, group, title, function, arguments, seconds):
        self.group = group
        self.title = title
        self.function = function
        self.arguments = arguments
        self.seconds = seconds

    @property
    def name(self):
        return f"{self.group}: {self.title}"

    def run(self):
        """Returns what went wrong (or None) and how long it took."""

        def too_slow(*_):
            raise TimeoutError(f"not done after {self.seconds} s")

        previous = signal.signal(signal.SIGALRM, too_slow)
        signal.alarm(self.seconds)
        started = time.monotonic()
        try:
            self.function(*self.arguments)
            problem = None
        except AssertionError as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            problem = f"{error or 'assertion'}\n({pathlib.Path(place.filename).name}:{place.lineno}: {place.line})"
        except Exception:  # noqa: BLE001 - any error of a check is its failure
            problem = traceback.format_exc(limit=-4)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, previous)
        took = time.monotonic() - started
        return (None if problem is None else textwrap.indent(problem[:4000], "        ")), took


def check(title, cases=None, seconds=180):
    """Registers a function as a check; with `cases` once for each, the case being its argument."""

    def register(function):
        group = (importlib.import_module(function.__module__).__doc__ or function.__module__).splitlines()[0].rstrip(".")
        if cases is None:
            checks.append(Check(group, title, function, (), seconds))
        for case in cases or []:
            label = case if isinstance(case, str) else case[0]
            arguments = (case,) if isinstance(case, str) else tuple(case)
            checks.append(Check(group, f"{title}: {label}", function, arguments, seconds))
        return function

    return register


def shared(key, make):
    """A context manager's value, made once for all checks and closed when the last one is done."""
    if key not in _shared_values:
        _shared_values[key] = _shared.enter_context(make())
    return _shared_values[key]


def close_shared():
    _shared_values.clear()
    _shared.close()


def load():
    """Imports every module of checks, in the order that the package names; a module it forgets is an error."""
    package = importlib.import_module("checks")
    folder = pathlib.Path(package.__file__).parent
    forgotten = {path.stem for path in folder.glob("*.py")} - {"__init__", *package.order}
    if forgotten:
        raise SystemExit(f"run.py: checks/__init__.py does not name {', '.join(sorted(forgotten))}")
    for name in package.order:
        importlib.import_module(f"checks.{name}")
