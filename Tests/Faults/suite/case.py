"""The list of cases, and how one is run: bounded in time, every figure beside its target."""

import importlib
import signal
import time
import traceback

_cases = []


class NotRun(Exception):
    """The case needs what is not here; the reason is told."""


class Figure:
    """One number that was measured."""

    def __init__(self, what, measured, target, holds, is_time):
        self.what, self.measured, self.target = what, measured, target
        self.holds, self.is_time = holds, is_time


def _told(value, unit):
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else (
        f"{value:,}" if isinstance(value, int) else str(value)
    )
    return f"{text} {unit}".rstrip()


class Run:
    """What a case is given: whether it is the fast part, and where its figures go."""

    def __init__(self, fast):
        self.fast = fast
        self.figures = []
        self.notes = []

    def count(self, full, fast):
        """How many, in the full suite and in its fast part."""
        return fast if self.fast else full

    def equal(self, what, measured, target):
        self.figures.append(Figure(what, _told(measured, ""), f"{_told(target, '')}", measured == target, False))

    def most(self, what, measured, target, unit="", is_time=False):
        holds = measured is not None and measured <= target
        self.figures.append(Figure(what, _told(measured, unit), f"at most {_told(target, unit)}", holds, is_time))

    def least(self, what, measured, target, unit="", is_time=False):
        holds = measured is not None and measured >= target
        self.figures.append(Figure(what, _told(measured, unit), f"at least {_told(target, unit)}", holds, is_time))

    def between(self, what, measured, low, high, unit="", is_time=False):
        holds = measured is not None and low <= measured <= high
        target = f"{_told(low, unit)} to {_told(high, unit)}"
        self.figures.append(Figure(what, _told(measured, unit), target, holds, is_time))

    def note(self, text):
        """Something to know beside the figures: what was left out, or how it was measured."""
        self.notes.append(text)


class Result:
    """How a case ended."""

    def __init__(self, case, run, verdict, reason, seconds):
        self.case, self.figures, self.notes = case, run.figures, run.notes
        self.verdict, self.reason, self.seconds = verdict, reason, seconds

    def text(self):
        lines = [f"{self.case.number:3}  {self.verdict:7}  {self.case.title} ({self.seconds:.1f} s)"]
        for figure in self.figures:
            mark = "     " if figure.holds else ("slow " if figure.is_time else "MISS ")
            lines.append(f"         {mark}{figure.what}: {figure.measured}   (target: {figure.target})")
        lines += [f"              {note}" for note in self.notes]
        if self.reason:
            lines += [f"              {line}" for line in self.reason.splitlines()]
        return "\n".join(lines)

    def data(self):
        return {
            "case": self.case.number, "title": self.case.title, "verdict": self.verdict, "reason": self.reason,
            "seconds": round(self.seconds, 1), "notes": self.notes,
            "figures": [[f.what, f.measured, f.target, f.holds] for f in self.figures],
        }


class Case:
    """One fault of the list, with what it must not do."""

    def __init__(self, number, title, function, fast, seconds):
        self.number, self.title, self.function = number, title, function
        self.fast, self.seconds = fast, seconds

    def run(self, fast):
        def too_slow(*_):
            raise TimeoutError(f"not done after {self.seconds} s")

        run, reason = Run(fast), ""
        previous = signal.signal(signal.SIGALRM, too_slow)
        signal.alarm(self.seconds)
        started = time.monotonic()
        try:
            self.function(run)
            verdict = self._verdict(run)
        except NotRun as error:
            verdict, reason = "NOT RUN", str(error)
        except AssertionError as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            verdict, reason = "FAIL", f"{error or 'assertion'} ({place.name}, line {place.lineno})"
        except Exception:  # noqa: BLE001 - any error of a case is its failure
            verdict, reason = "FAIL", traceback.format_exc(limit=-4)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, previous)
        return Result(self, run, verdict, reason[:4000], time.monotonic() - started)

    @staticmethod
    def _verdict(run):
        missed = [figure for figure in run.figures if not figure.holds]
        if not missed:
            return "PASS"
        return "SLOW" if run.fast and all(figure.is_time for figure in missed) else "FAIL"


def fault(number, title, fast=True, seconds=120):
    """Registers a function as a case; `fast` says whether it is part of the fast suite."""

    def register(function):
        _cases.append(Case(number, title, function, fast, seconds))
        return function

    return register


def load():
    """Imports every module of cases and returns the cases by number."""
    package = importlib.import_module("cases")
    for name in package.modules:
        importlib.import_module(f"cases.{name}")
    return sorted(_cases, key=lambda c: c.number)
