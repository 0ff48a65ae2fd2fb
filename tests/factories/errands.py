"""Long work for tests: kinds of work that do what a test says, asked for and run."""

import itertools

from training_oversight import database
from training_oversight.accounts.permissions import Permission
from training_oversight.errands import running, service
from training_oversight.errands.kinds import ErrandKind, ErrandResult, declare, nothing_more
from training_oversight.errands.models import Errand
from training_oversight.texts import Text

SERIAL = itertools.count(1)


def kind(run=lambda _work: ErrandResult(Text("Done")), needs=nothing_more):
    """A new kind of work; officers who may export the register may ask for it."""
    return declare(
        ErrandKind(
            code=f"test.{next(SERIAL)}",
            label=Text("Export the list"),
            permission=Permission.EXPORT_REGISTRY,
            run=run,
            needs=needs,
        )
    )


def asked(work, *, by, **params):
    with database.transaction() as session:
        return service.ask(session, work, params=params, by=by)


def file_made(text="台账", name="台账.csv"):
    """A run that makes a file."""

    def run(work):
        path = work.folder / "result"
        path.write_text(text, encoding="utf-8")
        return ErrandResult(Text("Done"), file=path, file_name=name)

    return run


def with_file(app, *, by):
    """An errand that is done and has a file to fetch."""
    errand = asked(kind(file_made()), by=by)
    run_all(app)
    return errand


def run_all(app):
    with app.app_context():
        return running.run_waiting()


def as_it_is(session, errand):
    return session.get_one(Errand, errand.id, populate_existing=True)
