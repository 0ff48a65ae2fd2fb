"""What the papers of a visit say: approval form, notice, minutes, result; filled in or blank."""

from __future__ import annotations

from training_oversight import clock
from training_oversight.documents import Person, PrintedAnswer, VisitMinutesContent
from training_oversight.inspections.models import Answer, Approval, Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.texts import LabelledEnum, Language, Text, speaking


class VisitPaper(LabelledEnum):
    """The four papers of an inspection. Whatever is missing on them keeps no visit from being
    saved."""

    APPROVAL = "approval", Text("Approval form of the visit")
    NOTICE = "notice", Text("Notice of the visit")
    MINUTES = "minutes", Text("Minutes of the visit")
    RESULT = "result", Text("Result for the institution")

    @property
    def template(self) -> str:
        if self is VisitPaper.MINUTES:
            return VisitMinutesContent.TEMPLATE
        return f"inspections/documents/{self.value}.typ"


def blank(visit: Visit, *, demo: bool) -> VisitMinutesContent:
    """To be filled in by hand: whose paper it is, whom it concerns, and what is asked."""
    institution, asked = visit.institution, visit.checklist.items if visit.checklist else ()
    return VisitMinutesContent(
        authority=institution.authority.name,
        institution=institution.name,
        answers=tuple(PrintedAnswer(question=item["text"]) for item in asked),
        demo=demo,
    )


def minutes(visit: Visit, *, names: bool, demo: bool) -> VisitMinutesContent:
    """The minutes as they stand; ``names`` says whether the person on site is named.

    Papers are Chinese, whatever the language of who prints them.
    """
    with speaking(Language.CHINESE):
        return _content(visit, names=names, demo=demo)


def _content(visit: Visit, *, names: bool, demo: bool) -> VisitMinutesContent:
    institution = visit.institution
    venue = institution.main_venue
    certificates = {row.officer_id: row.certificate_number for row in visit.officer_rows}
    return VisitMinutesContent(
        authority=institution.authority.name,
        institution=institution.name,
        number=visit.outside_number or "",
        kind=str(visit.kind.label),
        purpose=visit.purpose,
        uscc=institution.uscc or "",
        place=venue.address if venue else "",
        responsible_person=(visit.representative or "") if names else "",
        responsible_position=visit.representative_role or "",
        approval=_approval(visit),
        started_at=clock.local(visit.happened_at).replace(tzinfo=None),
        finished_at=clock.local(visit.ended_at).replace(tzinfo=None) if visit.ended_at else None,
        officers=tuple(
            Person(name=one.name, certificate=certificates.get(one.id) or "")
            for one in visit.officers
        ),
        helpers=visit.helpers,
        answers=_answers(visit),
        findings=_findings(visit),
        nothing_found=visit.state is VisitState.DONE and not visit.findings,
        statement=visit.statement,
        demo=demo,
    )


def _approval(visit: Visit) -> str:
    who = visit.approved_by_name or ""
    if visit.approval in (Approval.NOT_NEEDED, Approval.UNSTATED):
        return ""
    return f"{visit.approval.label} {who}"


def _answers(visit: Visit) -> tuple[PrintedAnswer, ...]:
    given = {row.item_code: row for row in visit.answers}
    return tuple(
        PrintedAnswer(
            question=item["text"],
            answer=_said(given[item["code"]].answer) if item["code"] in given else "",
            remark=given[item["code"]].note if item["code"] in given else "",
        )
        for item in (visit.checklist.items if visit.checklist else ())
    )


def _said(answer: Answer) -> str:
    return str(answer.label)


def _findings(visit: Visit) -> str:
    found = [
        str(Text("%(number)s. %(facts)s", number=number, facts=one.facts))
        for number, one in enumerate(visit.findings, start=1)
    ]
    return "\n".join([*([visit.minutes] if visit.minutes else []), *found])
