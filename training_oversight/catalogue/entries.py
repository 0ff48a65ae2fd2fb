"""An entry between its table and its form, and its versions as a timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from wtforms import Field

from training_oversight.catalogue.forms import BLANK_ITEMS, EntryForm, checklist_form
from training_oversight.catalogue.models import CatalogueVersion, Checklist
from training_oversight.catalogue.sections import Choices, Section
from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web.components import Change, EntryKind, TimelineEntry
from training_oversight.web.forms import OversightForm

# Columns that an edit never takes from the version before it.
OWN = {"id", "authority_id", "valid_from", "valid_to"}
# The version in force that is being edited; none for a new entry.
Present = CatalogueVersion | None
PARTS = ("section", "text", "hint", "violation_type", "phrases")


def form_for(section: Section, present: Present, types: dict[str, str]) -> EntryForm:
    """The form of an entry, filled in from the version in force."""
    if section.model is not Checklist:
        form: Any = section.form(obj=present)
    else:
        form = _checklist(present, types)
    if present is not None:
        form.code.data = present.code
        if not form.is_submitted():
            form.version.data = str(present.id)
    return form  # type: ignore[no-any-return]


def _checklist(present: Present, types: dict[str, str]) -> object:
    items = present.items if isinstance(present, Checklist) else []
    rows = len(items) + BLANK_ITEMS
    parts = ("code", *PARTS)
    typed = {f"{part}_{n}": item.get(part, "") for n, item in enumerate(items) for part in parts}
    form = checklist_form(rows)(obj=present, **typed)
    for n in range(rows):
        form[f"violation_type_{n}"].choices = [("", Text("Nothing")), *types.items()]
    return form


def values(
    section: Section, present: Present, form: OversightForm, *, position: int
) -> dict[str, object]:
    """The columns of the next version: what was typed, over what the entry was."""
    kept = columns(section, present) if present is not None else {}
    names = [c.key for c in sa.inspect(section.model).column_attrs if c.key not in OWN]
    typed = {name: form[name].data for name in names if name in form}
    typed = {name: "" if value is None and name != "department_code" else value
             for name, value in typed.items()}  # fmt: skip
    if section.model is Checklist:
        typed["items"] = list(_items(present, form))
    return {"position": position} | kept | typed


def columns(section: Section, version: object) -> dict[str, object]:
    """What a version says, by the names of its columns."""
    names = (c.key for c in sa.inspect(section.model).column_attrs if c.key not in OWN)
    return {name: getattr(version, name) for name in names}


def _items(present: Present, form: OversightForm) -> Iterator[dict[str, str]]:
    """The questions that still have a text. Each keeps its code, by which answers are compared.

    The code comes with the form, not by the row's number: somebody else may have taken questions
    out since the form was opened.
    """
    taken = {item["code"] for item in present.items} if isinstance(present, Checklist) else set()
    left, part = set(taken), ""
    for n in form.rows:
        row = {name: form[f"{name}_{n}"].data or "" for name in PARTS}
        if not row["text"]:
            continue
        part = row["section"] = row["section"] or part
        if not part:
            sentence = Text("Name the part that this question belongs to.")
            raise BadInput(sentence, {f"section_{n}": sentence})
        code = form[f"code_{n}"].data
        if code in left:
            left.remove(code)
        else:
            code = _fresh(taken)
        yield {"code": code, **row}


def _fresh(taken: set[str]) -> str:
    code = next(c for n in range(1, 1000) if (c := f"own_{n}") not in taken)
    taken.add(code)
    return code


def timeline(
    versions: Sequence[CatalogueVersion], form: EntryForm, people: dict[int, str]
) -> list[TimelineEntry]:
    """The versions of an entry, latest first, each with what it changed."""
    before = [*versions[1:], None]
    return [
        TimelineEntry(
            at=version.valid_from,
            label=Text("Own version") if version.authority_id else Text("Shipped"),
            person=people.get(version.id, ""),
            kind=EntryKind.CHANGE if version.authority_id else EntryKind.SYSTEM,
            sentence=_validity(version),
            changes=_changes(version, earlier, form) if earlier is not None else (),
        )
        for version, earlier in zip(versions, before, strict=True)
    ]


def _validity(version: CatalogueVersion) -> Text | str:
    if version.valid_to is None:
        return Text("in force")
    return Text("until %(day)s", day=_day_before(version.valid_from, version.valid_to))


def _day_before(first: date, end: date) -> date:
    """The last day in force; a version replaced on its own day has only that one."""
    return max(first, date.fromordinal(end.toordinal() - 1))


def _changes(version: CatalogueVersion, earlier: CatalogueVersion, form: EntryForm) -> list[Change]:
    found = [
        Change(field.label.text, _said(field, old), _said(field, new))
        for field in form
        if hasattr(version, field.name)
        if (old := getattr(earlier, field.name)) != (new := getattr(version, field.name))
    ]
    before = earlier.items if isinstance(earlier, Checklist) else []
    if isinstance(version, Checklist) and version.items != before:
        found.append(Change(Text("Questions"), len(before), len(version.items)))
    return found


def _said(field: Field, value: object) -> object:
    """A stored value in the words that the form has for it."""
    if isinstance(value, bool):
        return Text("Yes") if value else Text("No")
    names = getattr(field, "choices", None)
    if not names:
        return value
    known = {str(getattr(code, "value", code) or ""): label for code, label in _pairs(names)}
    if isinstance(value, list):
        return "、".join(str(known.get(code, code)) for code in value)
    return known.get(str(getattr(value, "value", value) or ""), value)


def _pairs(choices: Callable[[], Choices] | Choices) -> list[tuple[object, object]]:
    return list(choices() if callable(choices) else choices)
