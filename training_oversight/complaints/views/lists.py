"""The board of the desk: every order by state, and what of it is late or whose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import next_steps, presenting, queries
from training_oversight.complaints.kinds import Channel, ComplaintKind
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries import Bounced, ComplaintFilter, DueIn, Raising
from training_oversight.complaints.views.blueprint import bp
from training_oversight.complaints.workflow import OPEN, ComplaintState
from training_oversight.database import current_session
from training_oversight.names.typed import LONGEST
from training_oversight.texts import Counted, LabelledEnum, Text
from training_oversight.web import choosing
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar, Tab
from training_oversight.web.contributions import Pairs
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

Member = TypeVar("Member", bound=LabelledEnum)
ALL: tuple[str, Text] = ("", Text("All"))
NAMES = (
    *("channel", "kind", "department", "township", "due", "mine", "objected", "raised", "sort"),
)
# In an address: every state in which an answer is owed, and no department at all.
ALL_OPEN, DESK = "open", "desk"


@bp.route("")
@requires(Permission.VIEW_COMPLAINTS)
def index() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    asked = _asked()
    every = queries.listed(session, officer, _wanted(asked), today=today)
    counts = queries.by_state(session, every)
    state = None if request.args.get("state") == ALL_OPEN else _chosen(counts)
    states = OPEN if state is None else (state,)
    rule = queries.raising(session, officer.authority_id, today=today)
    page = paged(
        session,
        every.where(Complaint.state.in_(states)),
        keys=_order(state, rule if asked.get("sort") else None),
        cursor=request.args.get("at"),
        address=lambda cursor: asking(".index", asked, state=_named(state), at=cursor),
        total=sum(counts.get(one, 0) for one in states),
    )
    keys = [one.id for one in page.rows]
    after = queries.after_answers(session, keys) if state is ComplaintState.ANSWERED else {}
    return render_template(
        "complaints/index.html",
        page=page,
        total=sum(counts.values()),
        late=queries.late(session, every, today),
        state=state,
        views=_tabs(asked, counts, state),
        bar=_bar(officer, asked, state),
        steps=next_steps.steps(page.rows, after, officer),
        raised=queries.raised(session, keys, rule),
        selection=choosing.on_page(
            "complaints", officer, Counted("%(count)s order", "%(count)s orders", count=len(keys))
        ),
        bounced=queries.bounced(session, keys),
        never=Bounced(),
        repeats=queries.repeats(session, keys),
        may_log=officer.may(Permission.LOG_COMPLAINT),
        may_board=officer.may_any((Permission.ASSIGN_COMPLAINT, Permission.DECIDE_COMPLAINT)),
        states_url=url_for("orders.states"),
        import_url=url_for("orders.start") if officer.may(Permission.ASSIGN_COMPLAINT) else None,
        showing=presenting,
        today=today,
    )


def _named(state: ComplaintState | None) -> str:
    return state.value if state else ALL_OPEN


def _order(state: ComplaintState | None, told_most: Raising | None) -> list[Key]:
    """By the day that is owed; what has ended by the day on which it came, the newest first."""
    ended = state is not None and state not in (*OPEN, ComplaintState.ANSWERED)
    first = [Key(told_most.told, descending=True)] if told_most else []
    return [
        *first,
        Key(Complaint.received_on, descending=True) if ended else Key(Complaint.sort_due),
        Key(Complaint.id, descending=ended),
    ]


def _asked() -> dict[str, str]:
    """The filters of the address that are filled in."""
    wanted = {name: request.args.get(name, "") for name in NAMES}
    wanted["q"] = request.args.get("q", "").strip()[:LONGEST]
    return {name: value for name, value in wanted.items() if value}


def _wanted(asked: Mapping[str, str]) -> ComplaintFilter:
    """What does not make sense does not narrow the list."""
    key = asked.get("department", "")
    township = asked.get("township", "")
    return ComplaintFilter(
        channel=_member(Channel, asked.get("channel")),
        kind=_member(ComplaintKind, asked.get("kind")),
        department_id=int(key) if key.isascii() and key.isdigit() else None,
        township=accounts.division_by_code(current_session(), township) if township else None,
        of_desk=key == DESK,
        objected=bool(asked.get("objected")),
        raised=bool(asked.get("raised")),
        due=_member(DueIn, asked.get("due")),
        mine=bool(asked.get("mine")),
        words=asked.get("q", ""),
    )


def _member(kind: type[Member], value: str | None) -> Member | None:
    return next((one for one in kind if one.value == value), None)


def _chosen(counts: Mapping[ComplaintState, int]) -> ComplaintState:
    """The tab that was asked for, else the first with something in it."""
    wanted = _member(ComplaintState, request.args.get("state"))
    first = next((state for state in ComplaintState if counts.get(state)), ComplaintState.RECEIVED)
    return wanted or first


def _tabs(
    asked: Mapping[str, str], counts: Mapping[ComplaintState, int], chosen: ComplaintState | None
) -> list[Tab]:
    every = Tab(
        Text("All open orders"),
        asking(".index", asked, state=ALL_OPEN),
        sum(counts.get(state, 0) for state in OPEN),
        chosen is None,
    )
    return [
        every,
        *(
            Tab(
                state.label,
                asking(".index", asked, state=state.value),
                counts.get(state, 0),
                state is chosen,
            )
            for state in ComplaintState
        ),
    ]


def _bar(officer: Officer, asked: Mapping[str, str], state: ComplaintState | None) -> FilterBar:
    session = current_session()
    held = accounts.departments(session, officer.authority_id)
    townships = accounts.townships(session, officer.scope)
    boxes: Mapping[str, tuple[Text, Pairs]] = {
        "due": (Text("Time"), DueIn.choices()),
        "channel": (Text("Channel"), Channel.choices()),
        "kind": (Text("Kind"), ComplaintKind.choices()),
        "department": (
            Text("Department"),
            [(DESK, Text("The desk")), *((str(one.id), one.name) for one in held)],
        ),
        "township": (Text("Township"), [(one.code, one.name) for one in townships]),
        "mine": (Text("Handler"), [("1", Text("Only mine"))]),
        "raised": (Text("Priority"), [("1", Text("Raised orders only"))]),
        "objected": (Text("Objection"), [("1", Text("Objected to once or more"))]),
        "sort": (Text("Order of the rows"), [("told", Text("Places told of most first"))]),
    }
    return FilterBar(
        action=url_for(".index"),
        filters=[
            Filter(
                name,
                label,
                [
                    Choice(value, words, value == asked.get(name, ""))
                    for value, words in [ALL, *choices]
                ],
            )
            for name, (label, choices) in boxes.items()
        ],
        search_label=Text("Number or place"),
        query=asked.get("q", ""),
        clear_url=url_for(".index", state=_named(state)),
        kept=[("state", _named(state))],
    )
