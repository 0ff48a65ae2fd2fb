"""The parts of the catalogue that have the same pages: a list, an entry, its versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import forms, paper_templates, queries
from training_oversight.catalogue.models import (
    AnswerRule,
    CatalogueVersion,
    Checklist,
    CloseReason,
    InstitutionKind,
    Limit,
    NoticeType,
    Phrase,
    RefundFormula,
    RepeatRule,
    ViolationType,
    VisitRule,
)
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.forms import OversightForm

Choices = list[tuple[str, object]]


@dataclass(frozen=True)
class Words:
    """Names of everything that entries refer to by code, read once for a page."""

    departments: dict[str, str]
    kinds: dict[str, str]
    violation_types: dict[str, str]
    public_statuses: dict[str, object]
    visit_kinds: dict[str, object]

    def listed(self, names: dict[str, str], codes: Sequence[str]) -> str:
        return "、".join(names.get(code, code) for code in codes)


@dataclass(frozen=True)
class EntryColumn:
    head: Text
    value: Callable[[Any, Words], object]
    css: str = ""
    width: str = ""


@dataclass(frozen=True)
class Section:
    """One kind of entry. ``gap`` says what a county should fill in, if anything."""

    slug: str
    model: type[CatalogueVersion]
    title: Text
    about: Text
    form: type[OversightForm]
    columns: tuple[EntryColumn, ...]
    new: Text | None = None
    gap: Callable[[Any], bool] = lambda _entry: False
    gap_label: Text | None = None


def words(
    session: Session,
    officer: Officer,
    *,
    public_statuses: type[LabelledEnum] | None,
    visit_kinds: type[LabelledEnum] | None,
    today: date,
) -> Words:
    ours = {"authority_id": officer.authority_id, "today": today}
    found = accounts.departments(session, officer.authority_id)
    return Words(
        departments={department.code: department.name for department in found},
        kinds=queries.kind_labels(session, **ours),  # type: ignore[arg-type]
        violation_types={
            kind.code: kind.label
            for kind in queries.violation_types(session, **ours)  # type: ignore[arg-type]
        },
        public_statuses={status.value: status.label for status in public_statuses or ()},
        visit_kinds={kind.value: kind.label for kind in visit_kinds or ()},
    )


def choices(form: OversightForm, known: Words) -> None:
    """Give the form what can be chosen in this county."""
    offered: dict[str, Choices] = {
        "department_code": [("", Text("Not settled")), *known.departments.items()],
        "kinds": [*known.kinds.items()],
        "departments": [*known.departments.items()],
        "template_code": [(one.code, one.label) for one in paper_templates.KNOWN.values()],
        "exempt": [*known.visit_kinds.items()],
        "public_status": [("", Text("Nothing")), *known.public_statuses.items()],
    }
    for name, pairs in offered.items():
        if name in form:
            form[name].choices = _with_present(pairs, form[name].object_data)


def _with_present(pairs: Choices, present: Any) -> Choices:
    """Codes that an entry names but the county does not have stay as they are."""
    given = present if isinstance(present, list) else [present]
    known = {value for value, _ in pairs}
    return [*pairs, *((code, code) for code in given if code and code not in known)]


def _kinds_of(exempt: Sequence[str], known: Words) -> str:
    return "、".join(str(known.visit_kinds.get(code, code)) for code in exempt)


def _period(length: str, entry: Any) -> Text:
    return Text("%(length)s %(unit)s", length=getattr(entry, length), unit=entry.unit)


SECTIONS = {
    section.slug: section
    for section in (
        Section(
            "kinds",
            InstitutionKind,
            Text("Kinds and industry departments"),
            Text("Which department is responsible for which kind of institution."),
            forms.KindForm,
            (
                EntryColumn(
                    Text("Industry department"),
                    lambda e, w: (
                        w.departments.get(e.department_code, e.department_code)
                        or Text("Not settled")
                    ),
                ),
            ),
            new=Text("Add a kind"),
            gap=lambda e: not e.department_code,
            gap_label=Text("without a department"),
        ),
        Section(
            "violation-types",
            ViolationType,
            Text("Violation types"),
            Text("What can be found, what it suggests, and its legal basis."),
            forms.ViolationTypeForm,
            (
                EntryColumn(Text("Category"), lambda e, _: e.category, width="w-120"),
                EntryColumn(Text("Severity"), lambda e, _: e.severity, width="w-80"),
                EntryColumn(
                    Text("Legal basis"),
                    lambda e, _: e.legal_basis or Text("To be filled in by the county"),
                    "wide",
                ),
            ),
            new=Text("Add a violation type"),
            gap=lambda e: not e.legal_basis,
            gap_label=Text("without a legal basis"),
        ),
        Section(
            "notice-types",
            NoticeType,
            Text("Notice types"),
            Text("Names, number prefixes, periods and what must be complete."),
            forms.NoticeTypeForm,
            (
                EntryColumn(Text("Effect"), lambda e, _: e.effect, width="w-200"),
                EntryColumn(Text("Number prefix"), lambda e, _: e.prefix),
                EntryColumn(Text("Period proposed"), lambda e, _: _period("default_length", e)),
                EntryColumn(Text("In use"), lambda e, _: Text("Yes") if e.enabled else Text("No")),
            ),
            new=Text("Add a notice type"),
        ),
        Section(
            "close-reasons",
            CloseReason,
            Text("Close reasons"),
            Text("Why an item leaves the ledger, and what the public list says of it."),
            forms.CloseReasonForm,
            (
                EntryColumn(Text("Directly"), lambda e, _: Text("Yes") if e.direct else Text("No")),
                EntryColumn(
                    Text("What the public list says"),
                    lambda e, w: (
                        w.public_statuses.get(e.public_status, e.public_status) or Text("Nothing")
                    ),
                ),
            ),
            new=Text("Add a close reason"),
        ),
        Section(
            "checklists",
            Checklist,
            Text("Checklists"),
            Text("The questions of a visit; answers keep the version that they were given to."),
            forms.ChecklistForm,
            (
                EntryColumn(Text("Questions"), lambda e, _: len(e.items), "right", "w-120"),
                EntryColumn(
                    Text("Kinds it applies to"),
                    lambda e, w: w.listed(w.kinds, e.kinds) or Text("All kinds"),
                ),
            ),
            new=Text("Add a checklist"),
        ),
        Section(
            "limits",
            Limit,
            Text("Limits"),
            Text(
                "How many days the office and the departments have, how long what senders wrote in "
                "lists is kept (the county's own choice), and who said so."
            ),
            forms.LimitForm,
            (
                EntryColumn(Text("Days"), lambda e, _: _period("length", e), width="w-152"),
                EntryColumn(Text("Source"), lambda e, _: e.source, "wide"),
            ),
        ),
        Section(
            "refund-formulas",
            RefundFormula,
            Text("Refund formulas"),
            Text(
                "How what a family gets back is counted; a refund keeps the formula that it was "
                "counted by, with its steps. What is shipped is a suggestion and no law."
            ),
            forms.RefundFormulaForm,
            (
                EntryColumn(Text("Lessons given away"), lambda e, _: e.given),
                EntryColumn(Text("Rounding"), lambda e, _: e.rounding),
                EntryColumn(Text("Source"), lambda e, _: e.source, "wide"),
            ),
            new=Text("Add a formula"),
        ),
        Section(
            "answer-rules",
            AnswerRule,
            Text("Approval of answers"),
            Text(
                "For which kinds of complaint somebody else reads the answer first. An order keeps "
                "the rule of the day on which it was taken in."
            ),
            forms.AnswerRuleForm,
            (
                EntryColumn(
                    Text("Approved first"), lambda e, _: Text("Yes") if e.approved else Text("No")
                ),
                EntryColumn(Text("Source"), lambda e, _: e.source, "wide"),
            ),
        ),
        Section(
            "repeat-rules",
            RepeatRule,
            Text("Places told of again and again"),
            Text(
                "From how many complaints about one place, within how many days, its open orders "
                "are raised. What is shipped is a suggestion and no law."
            ),
            forms.RepeatRuleForm,
            (
                EntryColumn(Text("Within so many days"), lambda e, _: e.days, "right", "w-120"),
                EntryColumn(
                    Text("From so many complaints about one place"),
                    lambda e, _: e.orders,
                    "right",
                    "w-120",
                ),
                EntryColumn(Text("Source"), lambda e, _: e.source, "wide"),
            ),
        ),
        Section(
            "visit-rules",
            VisitRule,
            Text("Visits in a year"),
            Text(
                "How often a year an institution is visited at most, as the county has published "
                "it, and which kinds do not count. It warns before a visit is planned; it stops "
                "none."
            ),
            forms.VisitRuleForm,
            (
                EntryColumn(
                    Text("At most in a year"), lambda e, _: e.most or Text("Not set"), width="w-120"
                ),
                EntryColumn(Text("Do not count"), lambda e, w: _kinds_of(e.exempt, w), "wide"),
                EntryColumn(
                    Text("Days within which visits are joined"),
                    lambda e, _: e.together_days,
                    "right",
                    "w-120",
                ),
                EntryColumn(Text("Source"), lambda e, _: e.source, "wide"),
            ),
        ),
        Section(
            "phrases",
            Phrase,
            Text("Beginnings of sentences"),
            Text(
                "What the desk and the handler put in by a press while they type a call or an "
                "answer; they complete it themselves."
            ),
            forms.PhraseForm,
            (
                EntryColumn(Text("Offered"), lambda e, _: e.use, width="w-200"),
                EntryColumn(
                    Text("In use"),
                    lambda e, _: Text("Yes") if e.enabled else Text("No"),
                    width="w-120",
                ),
            ),
            new=Text("Add a beginning"),
        ),
    )
}
