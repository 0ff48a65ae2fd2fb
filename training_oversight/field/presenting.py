"""The luggage as the phone keeps it: plain values, and every word in the officer's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Checklist, Severity, ViolationType
from training_oversight.field import queries
from training_oversight.files.addresses import file_url
from training_oversight.inspections import presenting as inspections
from training_oversight.inspections import queries as visits
from training_oversight.inspections.models import Answer, Finding, NotPossible, VisitKind
from training_oversight.inspections.service import Handling
from training_oversight.ledger import presenting as ledger
from training_oversight.ledger.models import LimitBasis, RectificationItem
from training_oversight.registry.models import NEVER, Institution
from training_oversight.texts import LabelledEnum

# Visits that begin from elsewhere: a re-inspection from its item, a random draw from the draw.
NOT_BEGUN_HERE = frozenset({VisitKind.RANDOM_DRAW, VisitKind.RE_INSPECTION, VisitKind.DESK})
Json = dict[str, object]


def luggage(session: Session, officer: Officer, *, today: date) -> Json:
    found = queries.luggage(session, officer, today=today)
    lists = catalogue.checklists(session, authority_id=officer.authority_id, today=today)
    used = {one.id: one for one in (*lists, *found.checklists)}
    types = catalogue.violation_types(session, authority_id=officer.authority_id, today=today)
    by_code = {one.code: one.id for one in types}
    colleagues = accounts.colleagues(
        session, officer.scope, today=today, permission=Permission.LOG_VISIT
    )
    return {
        "officer": {"id": officer.id, "name": officer.name},
        "made_at": clock.now().isoformat(),
        "day": today.isoformat(),
        # From how many metres on a place is far from the registered one.
        "far": visits.FAR,
        "visits": _visits(found),
        "places": _places(found, lists, officer, today),
        "checklists": {one.id: _checklist(one, by_code) for one in used.values()},
        "violations": [_violation(one) for one in types],
        "severities": _members(Severity),
        "handlings": _members(Handling),
        "answers": _members(Answer),
        "not_possible": _members(NotPossible),
        "kinds": _members(one for one in VisitKind if one not in NOT_BEGUN_HERE),
        "officers": [{"id": one.id, "name": one.name} for one in colleagues],
    }


def _members(kinds: Iterable[LabelledEnum]) -> list[Json]:
    return [{"value": one.value, "words": str(one.label)} for one in kinds]


def _visits(found: queries.Luggage) -> list[Json]:
    answers: Mapping[int, Json] = defaultdict(dict)
    for row in found.answers:
        answers[row.visit_id][row.item_code] = row.answer.value
    problems: Mapping[int | None, list[Json]] = defaultdict(list)
    for one in found.found:
        problems[one.visit_id].append(_problem(one))
    return [
        {
            "id": one.id,
            "state": one.state.value,
            "kind_words": str(one.kind.label),
            "day": clock.day_of(one.happened_at).isoformat(),
            "institution_id": one.institution_id,
            "checklist_id": one.checklist_id,
            "purpose": one.purpose,
            "officers": [who.id for who in one.officers],
            "answers": answers[one.id],
            "problems": problems[one.id],
        }
        for one in found.visits
    ]


def _problem(one: Finding) -> Json:
    return {
        "key": one.client_key,
        "item": one.checklist_item_code,
        "title": one.title,
        "facts": one.facts,
        "words": str(one.severity.label),
    }


def _places(
    found: queries.Luggage, lists: Sequence[Checklist], officer: Officer, today: date
) -> list[Json]:
    items: Mapping[int, list[Json]] = defaultdict(list)
    for one in found.open_items:
        items[one.institution_id].append(_item(one, found, today))
    last: Mapping[int, list[Json]] = defaultdict(list)
    for each in found.last_findings:
        last[each.institution_id].append(_found(each))
    return [
        _place(one, lists, officer) | {"items": items[one.id], "findings": last[one.id]}
        for one in found.places
    ]


def _place(one: Institution, lists: Sequence[Checklist], officer: Officer) -> Json:
    venue = one.main_venue
    fitting = catalogue.fitting(lists, one.kind_code)
    visited = None if one.sort_visited == NEVER else clock.day_of(one.sort_visited).isoformat()
    return {
        "id": one.id,
        "name": one.name,
        "initials": one.sort_key,
        "township": one.division.name,
        "address": venue.address if venue else "",
        "latitude": venue.latitude if venue else None,
        "longitude": venue.longitude if venue else None,
        "mine": one.officer_in_charge_id == officer.id,
        "dwelling": visits.in_dwelling(one),
        "visited": visited,
        "checklist_id": fitting.id if fitting else None,
    }


def _item(one: RectificationItem, found: queries.Luggage, today: date) -> Json:
    shots = found.pictures.get(one.finding_id, [])
    time = ledger.time_of(one, today)
    return {
        "id": one.id,
        "number": one.number,
        "title": one.title,
        "words": str(time.label) if time else "",
        "promised": one.due_basis is LimitBasis.PROMISE,
        "due": one.due_on.isoformat() if one.due_on else None,
        "pictures": [url for shot in shots if shot.is_image and (url := file_url(shot))],
    }


def _found(one: Finding) -> Json:
    return {"title": one.title, "on": one.found_on.isoformat(), "words": str(one.state.label)}


def _checklist(one: Checklist, by_code: Mapping[str, int]) -> Json:
    return {
        "label": str(one.label),
        "questions": [
            {
                "code": item["code"],
                "section": item["section"],
                "text": item["text"],
                "hint": item.get("hint", ""),
                "phrases": inspections.phrases(item),
                "violation": by_code.get(item.get("violation_type", "")),
            }
            for item in one.items
        ],
    }


def _violation(one: ViolationType) -> Json:
    words = f"{one.category}：{one.label}"
    return {"id": one.id, "words": words, "severity": one.severity.value}
