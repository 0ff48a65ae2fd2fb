"""Settings: what the county may edit, each edit a version in force from today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as audit_queries
from training_oversight.catalogue import entries, queries, sections, service
from training_oversight.catalogue.entries import Present
from training_oversight.catalogue.lines import SettingsLine
from training_oversight.catalogue.models import CatalogueVersion
from training_oversight.catalogue.sections import SECTIONS, Section
from training_oversight.catalogue.statuses import public_statuses, visit_kinds
from training_oversight.database import current_session
from training_oversight.errors import BadInput, NotFound
from training_oversight.texts import Text
from training_oversight.web.components import TimelineEntry
from training_oversight.web.contributions import Foreseen, contributions
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_after

bp = Blueprint("catalogue", __name__, url_prefix="/settings")


def _words() -> sections.Words:
    return sections.words(
        current_session(),
        current_officer(),
        public_statuses=public_statuses(),
        visit_kinds=visit_kinds(),
        today=clock.today(),
    )


def _section(slug: str) -> Section:
    if slug not in SECTIONS:
        raise NotFound
    return SECTIONS[slug]


def _in_force(section: Section) -> list[CatalogueVersion]:
    return list(
        queries.entries(
            current_session(),
            section.model,
            authority_id=current_officer().authority_id,
            today=clock.today(),
        )
    )


@dataclass(frozen=True)
class SectionLine:
    """A line of the index: what it is, how much, and what is still to be filled in."""

    section: Section
    count: int
    own: int
    gaps: int


@bp.route("")
@requires(Permission.MANAGE_CATALOGUE)
def index() -> str:
    year = clock.today().year
    calendar = queries.working_calendar(
        current_session(), authority_id=current_officer().authority_id
    )
    return render_template(
        "catalogue/index.html",
        rows=[_line(section) for section in SECTIONS.values()],
        authority=current_officer().authority,
        provisional=[y for y in (year, year + 1) if y not in calendar.known_years],
        of_others=contributions().every(SettingsLine),
    )


def _line(section: Section) -> SectionLine:
    found = _in_force(section)
    return SectionLine(
        section=section,
        count=len(found),
        own=sum(entry.authority_id is not None for entry in found),
        gaps=sum(map(section.gap, found)),
    )


@bp.route("/<slug>")
@requires(Permission.MANAGE_CATALOGUE)
def section(slug: str) -> str:
    shown = _section(slug)
    return render_template(
        "catalogue/section.html", section=shown, entries=_in_force(shown), words=_words()
    )


@bp.route("/<slug>/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def new(slug: str) -> ResponseReturnValue:
    shown = _section(slug)
    if shown.new is None:
        raise NotFound
    return _entry(shown, None)


@bp.route("/<slug>/entry/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def entry(slug: str, code: str) -> ResponseReturnValue:
    shown = _section(slug)
    return _entry(shown, _present(shown, code))


def _present(section: Section, code: str) -> CatalogueVersion:
    return queries.entry(
        current_session(),
        section.model,
        code,
        authority_id=current_officer().authority_id,
        today=clock.today(),
    )


def _entry(section: Section, present: Present) -> ResponseReturnValue:
    words = _words()
    form = entries.form_for(section, present, words.violation_types)
    sections.choices(form, words)
    to_show: list[Foreseen] = []

    def first() -> dict[str, object] | None:
        values = _typed(section, present, form)
        if not values or "back" in request.form:
            return None
        reached = _foreseen(section, present, values)
        if reached and _is_new(reached):
            to_show.append(reached)
        return None if to_show else values

    def page() -> str:
        if to_show:
            return _before(section, present, form, to_show[0])
        return render_template(
            "catalogue/entry.html",
            section=section,
            entry=present,
            form=form,
            history=_history(section, present, form) if present is not None else [],
        )

    return answered_after(
        form, first, lambda session, values: _save(session, section, present, form, values), page
    )


def _typed(section: Section, present: Present, form: OversightForm) -> dict[str, object] | None:
    """The columns of the next version; nothing, and the sentence beside the field, if they fail."""
    try:
        return entries.values(section, present, form, position=len(_in_force(section)))
    except BadInput as error:
        form.refuse(error)
        return None


def _foreseen(section: Section, present: Present, values: Mapping[str, object]) -> Foreseen | None:
    """What the change would reach in upper areas."""
    officer, today = current_officer(), clock.today()
    for follower in contributions().followers_of(section.slug):
        if found := follower.foresee(officer, today, present, values):
            return found
    return None


def _is_new(reached: Foreseen) -> bool:
    """Whether the officer has not seen this number yet; it may have grown since the page."""
    return request.form.get("reaches") != str(reached.count)


def _before(section: Section, present: Present, form: object, reached: Foreseen) -> str:
    """What will happen, with everything typed on the page; the same address takes the yes."""
    typed = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in {"csrf_token", "version", "once", "opened", "reaches"}
    ]
    return render_template(
        "catalogue/reaching.html",
        section=section,
        entry=present,
        form=form,
        typed=typed,
        reached=reached,
    )


def _save(
    session: Session,
    section: Section,
    present: Present,
    form: OversightForm,
    values: dict[str, object],
) -> Done:
    saved = service.change(
        session,
        present,
        model=section.model,
        values=values,
        by=current_officer(),
        today=clock.today(),
        seen=form.seen_version if present is not None else None,
    )
    return Done(
        url_for(".section", slug=section.slug),
        Text(
            "Saved: “%(name)s” is in force from today. Records made before keep the version "
            "that they used.",
            name=saved.label,
        ),
        also=_let_follow(session, section),
    )


def _let_follow(session: Session, section: Section) -> list[Text]:
    """The records of upper areas that go by this section change in the same transaction."""
    session.flush()
    found = contributions().followers_of(section.slug)
    said = [one.follow(session, current_officer(), clock.today()) for one in found]
    return [sentence for sentence in said if sentence]


def _history(
    section: Section, present: CatalogueVersion, form: OversightForm
) -> list[TimelineEntry]:
    session = current_session()
    found = queries.versions(
        session, section.model, present.code, authority_id=current_officer().authority_id
    )
    table = section.model.__tablename__
    people = audit_queries.first_actors(session, table, [version.id for version in found])
    return entries.timeline(found, form, people)


@bp.route("/<slug>/entry/<code>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def end(slug: str, code: str) -> ResponseReturnValue:
    """End the county's own version; the shipped one, if there is one, is in force again."""
    shown = _section(slug)
    present = _present(shown, code)
    if present.authority_id is None:
        raise NotFound
    form = OversightForm()

    def act(session: Session) -> Done:
        again = session.get_one(shown.model, present.id)
        service.end(session, again, by=current_officer(), today=clock.today())
        return Done(
            url_for(".section", slug=slug),
            Text("The own version has ended."),
            also=_let_follow(session, shown),
        )

    def page() -> str:
        shipped = _shipped(shown, code)
        reached = _foreseen(shown, present, entries.columns(shown, shipped)) if shipped else None
        return render_template("catalogue/end.html", section=shown, entry=present, form=form,
                               shipped=shipped, reached=reached)  # fmt: skip

    return answered(form, act, page)


def _shipped(section: Section, code: str) -> CatalogueVersion | None:
    """The entry that is in force again when the county's own has ended, if there is one."""
    found = queries.entries(
        current_session(), section.model, authority_id=None, today=clock.today()
    )
    return next((entry for entry in found if entry.code == code), None)
