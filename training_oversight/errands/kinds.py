"""What an area hands in so that its long work can be asked for, and what that work is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.declared import Declared
from training_oversight.errors import NotFound, NotPermitted, OversightError
from training_oversight.texts import Text

Params = Mapping[str, Any]


class Stopped(Exception):
    """The work ends here: stopped by the officer, by the process, or taken over by another.

    Let it rise. What has been committed stays, and the next run goes on from the checkpoint.
    """


class Report(Protocol):
    """How work says how far it is; ``running`` makes it."""

    def __call__(
        self, done: int, total: int | None, checkpoint: dict[str, object] | None
    ) -> None: ...


@dataclass
class Work:
    """One errand as the area that does the work sees it."""

    errand_id: int
    params: dict[str, Any]
    # Who asked, with the rights of this moment, lent ones included.
    by: Officer
    today: date
    # As the last ``progress`` left it, also before a crash; empty at first.
    checkpoint: dict[str, Any]
    # Empty at the start of every run, and gone after it.
    folder: Path
    report: Report

    def progress(
        self, done: int, total: int | None = None, checkpoint: dict[str, object] | None = None
    ) -> None:
        """Say how far it is, in a short transaction of its own. Never call it inside another.

        At least once a minute: work that says nothing for two minutes is taken over. Raises
        ``Stopped``.
        """
        self.report(done, total, checkpoint)
        if checkpoint is not None:
            self.checkpoint = checkpoint


@dataclass(frozen=True)
class ErrandResult:
    """What came of it: a sentence, and perhaps a file to fetch or a page to look at."""

    sentence: Text
    file: Path | None = None
    file_name: str = ""
    # Inside the application, beginning with a slash.
    address: str | None = None


class Unfinished(OversightError):
    """It cannot go on, and is not tried again; ``done`` is what came of it so far, and is kept."""

    def __init__(self, done: ErrandResult) -> None:
        super().__init__(done.sentence)
        self.done = done


def counted(done: int, total: int | None) -> Text:
    """How far it is, for work that has no words of its own."""
    if total is None:
        return Text("%(done)s done.", done=f"{done:,}")
    return Text("%(done)s of %(total)s done.", done=f"{done:,}", total=f"{total:,}")


def nothing_more(_params: Params) -> Collection[Permission]:
    return ()


LEFT_AS_IS = Text("What has been done so far stays; the rest is not done.")


@dataclass(frozen=True)
class ErrandKind:
    """A kind of long work. ``run`` opens its own transactions.

    After a crash it is run again and must end in the same state: from ``checkpoint``, or from
    the beginning where that does no harm.
    """

    code: str
    label: Text
    permission: Permission
    run: Callable[[Work], ErrandResult]
    # (done, total) -> what the page says while it runs.
    doing: Callable[[int, int | None], Text] = counted
    # Rights needed beside ``permission`` for what was asked: to ask, to run, to fetch the file.
    needs: Callable[[Params], Collection[Permission]] = nothing_more
    if_stopped: Text = LEFT_AS_IS

    def check(self, officer: Officer, params: Params) -> None:
        """Raises ``NotPermitted`` for an officer who may not have this done."""
        if not self.allows(officer, params):
            raise NotPermitted(
                Text("%(name)s may not do this: %(work)s.", name=officer.name, work=self.label)
            )

    def allows(self, officer: Officer, params: Params) -> bool:
        return all(officer.may(one) for one in (self.permission, *self.needs(params)))


KNOWN: Declared[ErrandKind] = Declared(lambda kind: kind.code)
declare = KNOWN.declare


def kind_of(code: str) -> ErrandKind:
    """The kind of that code. Raises ``NotFound`` for one that this release does not know."""
    try:
        return KNOWN[code]
    except KeyError:
        raise NotFound(Text("This release does not know such work: %(code)s.", code=code)) from None
