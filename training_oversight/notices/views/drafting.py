"""Choosing what a notice is about, and writing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock, law
from training_oversight.accounts import acting
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Effect, NoticeType
from training_oversight.database import current_session
from training_oversight.errors import Blocked, NotFound
from training_oversight.ledger.models import RectificationItem
from training_oversight.notices import completeness, effects, presenting, printed, queries, service
from training_oversight.notices.forms import AskedForm, DraftForm, EditForm
from training_oversight.notices.models import Notice
from training_oversight.notices.service import ItemTerms, Wording
from training_oversight.notices.views.blueprint import bp, open_for
from training_oversight.notices.workflow import NoticeVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web import components
from training_oversight.web.choices import each, listed
from training_oversight.web.components import Completeness, Link, Tone
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.page_order import in_page_order
from training_oversight.web.steps import Done, answered, answered_on


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.DRAFT_NOTICE)
def draft() -> ResponseReturnValue:
    institution = _institution()
    if institution is None:
        rows = queries.without_notice(current_session(), current_officer())
        return render_template("notices/choose.html", rows=rows)
    items = queries.open_items(current_session(), institution)
    pending = queries.pending_on(current_session(), [one.id for one in items])
    types = catalogue.notice_types(
        current_session(), authority_id=current_officer().authority_id, today=clock.today()
    )
    form = _draft_form(types, [one for one in items if one.id not in pending])

    def act(session: Session) -> Done:
        made = service.draft(
            session,
            institution=institution,
            type=session.get_one(NoticeType, given(form.type_id.data)),
            items=[session.get_one(RectificationItem, key) for key in form.items.data or ()],
            by=current_officer(),
            today=clock.today(),
        )
        return Done(url_for("notices.edit", notice_id=made.id))

    return answered_on(
        form,
        act,
        "notices/draft.html",
        institution=institution,
        pending=[(one, pending[one.id]) for one in items if one.id in pending],
    )


def _institution() -> Institution | None:
    """The institution of the address, or of the item in it; nothing if neither is named."""
    if not request.args.get("institution") and not request.args.get("item"):
        return None
    item = current_session().get(RectificationItem, request.args.get("item", 0, type=int))
    key = request.args.get("institution", item.institution_id if item else 0, type=int)
    found = current_session().get(Institution, key) if key is not None else None
    if found is None or not current_officer().scope.covers(found.division_path):
        raise NotFound
    return found


def _draft_form(types: Sequence[NoticeType], items: Sequence[RectificationItem]) -> DraftForm:
    """What was asked for in the address is ticked; else everything there is."""
    asked = set(request.args.getlist("item", type=int))
    chosen = [one for one in items if one.id in asked] or list(items)
    form = DraftForm(data={"items": [one.id for one in chosen]})
    form.type_id.choices = listed((one.id, one.label) for one in types)
    if suggested := _suggested(types, chosen):
        form.type_id.description = Text("These problems suggest %(type)s.", type=suggested.label)
    form.items.choices = listed(
        (one.id, Text("%(number)s %(title)s", number=one.number, title=one.title)) for one in items
    )
    return form


def _suggested(
    types: Sequence[NoticeType], items: Sequence[RectificationItem]
) -> NoticeType | None:
    """A stop if any of the problems suggests one, else an order to rectify."""
    found = [one.violation_type.effect for one in items]
    wanted = max((*found, Effect.RECTIFY), key=lambda one: effects.of(one).rank)
    return next((one for one in types if one.effect is wanted), None)


@bp.route("/<int:notice_id>/edit", methods=["GET", "POST"])
@requires(Permission.DRAFT_NOTICE)
def edit(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.SUBMIT)
    form = _edit_form(notice, EditForm(data=_present(notice)))

    def act(session: Session) -> Done:
        service.update(session, notice, wording=_wording(form), **acting.by(form))
        return _finish(session, notice)

    return answered(form, act, lambda: _edit_page(notice, form))


def _finish(session: Session, notice: Notice) -> Done:
    """The draft is kept in any case; submitting it may still be refused."""
    here = url_for("notices.edit", notice_id=notice.id)
    if "draft" in request.form:
        return Done(here, Text("Draft saved."))
    try:
        with session.begin_nested():
            service.submit(session, notice, by=current_officer(), today=clock.today())
    except Blocked as blocked:
        refused = HTTPStatus(blocked.status)
        return Done(here, instead=lambda: _page_with_gaps(notice, refused))
    return Done(
        url_for("notices.show", notice_id=notice.id),
        Text("Submitted. It waits for approval by somebody else."),
    )


def _present(notice: Notice) -> dict[str, object]:
    """The draft as the form holds it."""
    basis = printed.basis_of(notice)
    return {
        "version": notice.version,
        "recipient": notice.recipient.value,
        "recipient_name": notice.recipient_name,
        "recipient_address": notice.recipient_address,
        "recipient_person": notice.recipient_person,
        "facts": notice.facts,
        "consequence": notice.consequence,
        "remedies": notice.remedies,
        "entries": [
            {
                "item_id": entry.item_id,
                "basis": basis.get(entry.item_id, ""),
                "requirement": entry.requirement,
                "at_once": entry.at_once,
                "length": entry.length,
                "unit": (entry.unit or notice.type.unit).value,
            }
            for entry in notice.entries
        ],
    }


def _edit_form(notice: Notice, form: EditForm) -> EditForm:
    form.recipient.choices = each(effects.of(notice.effect).recipients)
    return form


def _wording(form: EditForm) -> Wording:
    return Wording(
        recipient=form.recipient.data,
        recipient_name=form.recipient_name.data or "",
        recipient_address=form.recipient_address.data or "",
        recipient_person=form.recipient_person.data or "",
        facts=form.facts.data or "",
        consequence=form.consequence.data or "",
        remedies=form.remedies.data or "",
        asked=[_asked(entry.form) for entry in form.entries if entry.form.item_id.data.isdecimal()],
    )


def _asked(entry: AskedForm) -> ItemTerms:
    return ItemTerms(
        item_id=int(entry.item_id.data or 0),
        basis=entry.basis.data or "",
        requirement=entry.requirement.data or "",
        at_once=bool(entry.at_once.data),
        length=entry.length.data,
        unit=entry.unit.data,
        left_out=bool(entry.left_out.data),
    )


def _page_with_gaps(notice: Notice, refused: HTTPStatus) -> ResponseReturnValue:
    """The draft as it was kept, and what is missing for it to be submitted."""
    form = _edit_form(notice, EditForm(formdata=None, data=_present(notice)))
    form.status = refused
    for line in completeness.checked(current_session(), notice, today=clock.today()):
        if line.problem is not None:
            form.point_at(line.field, line.problem)
    return in_page_order(_edit_page(notice, form)), form.status


def _edit_page(notice: Notice, form: EditForm) -> str:
    today = clock.today()
    calendar = catalogue.working_calendar(current_session(), authority_id=notice.authority_id)
    lines = completeness.checked(current_session(), notice, today=today)
    reds = sum(line.tone is Tone.RED for line in lines)
    return render_template(
        "notices/edit.html",
        notice=notice,
        form=form,
        status=presenting.status(notice),
        paper=printed.composed(notice),
        items={str(entry.item_id): entry.item for entry in notice.entries},
        check=_completeness(lines),
        missing=reds,
        counts=_counts(lines),
        due=_if_served_today(notice, calendar, today),
        longest=law.Period(notice.type.longest, notice.type.unit).label,
        bases=_known_bases(today),
        approvers=_approvers(notice, today),
        # Not when somebody else was faster: then nothing is saved, whatever is missing.
        blocked=form.status == HTTPStatus.CONFLICT and bool(reds) and not form.headline,
    )


def _completeness(lines: Sequence[completeness.CheckedPoint]) -> Completeness:
    return Completeness([components.Check(line.label, line.tone, _link(line)) for line in lines])


def _link(line: completeness.CheckedPoint) -> Link | None:
    if line.notice_id is not None:
        return Link(Text("See the notice"), url_for("notices.show", notice_id=line.notice_id))
    return Link(Text("Fill this in"), f"#{line.field}") if line.field else None


def _counts(lines: Sequence[completeness.CheckedPoint]) -> Text:
    tones = [line.tone for line in lines]
    return Text(
        "%(passed)s passed, %(missing)s to fill in, %(known)s to know",
        passed=tones.count(Tone.GREEN),
        missing=tones.count(Tone.RED),
        known=tones.count(Tone.AMBER),
    )


def _if_served_today(
    notice: Notice, calendar: law.WorkingCalendar, today: date
) -> tuple[int, law.Explained] | None:
    """The first period of the draft, counted as if it were served today."""
    for place, entry in enumerate(notice.entries, start=1):
        if entry.length is not None and entry.unit is not None:
            period = law.Period(entry.length, entry.unit)
            return place, law.explain(today, period, calendar, today=today)
    return None


def _known_bases(today: date) -> list[str]:
    """What the catalogue offers to choose from; anything else may be typed."""
    types = catalogue.violation_types(
        current_session(), authority_id=current_officer().authority_id, today=today
    )
    return list(dict.fromkeys(one.legal_basis for one in types if one.legal_basis))


def _approvers(notice: Notice, today: date) -> list[str]:
    """Who may approve this one: not who worked on it."""
    able = accounts.colleagues(
        current_session(),
        Scope(notice.authority.division.path),
        today=today,
        permission=Permission.APPROVE_NOTICE,
    )
    parties = notice.workflow.bars(NoticeVerb.APPROVE, notice)
    return [
        one.name for one in able if one.id not in parties and one.scope.covers(notice.division_path)
    ]
