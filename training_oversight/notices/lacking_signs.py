"""Characters of a draft that could not be printed, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from training_oversight.documents import signs
from training_oversight.notices import printed
from training_oversight.notices.models import Notice
from training_oversight.texts import Text


def found(notice: Notice) -> Iterator[tuple[Text, str]]:
    """What is wrong, and the id of the control where it can be mended, if there is one."""
    for place, text, field in (*_typed(notice), *_entries(notice), *_settings(notice)):
        if lacking := signs.missing(text):
            yield _sentence(lacking, place), field


def _sentence(lacking: str, place: Text) -> Text:
    return Text(
        "No font here has “%(characters)s” in “%(place)s”. Write it in another way, or ask the "
        "system administrator to add a font that has it",
        characters=lacking,
        place=place,
    )


def _typed(notice: Notice) -> Iterator[tuple[Text, str, str]]:
    for name, place in (
        ("recipient_name", Text("Recipient")),
        ("recipient_address", Text("Address")),
        ("recipient_person", Text("Legal representative or responsible person")),
        ("facts", Text("Facts found")),
        ("consequence", Text("Consequence of not complying")),
        ("remedies", Text("Remedies and their time limits")),
    ):
        yield place, getattr(notice, name), name


def _entries(notice: Notice) -> Iterator[tuple[Text, str, str]]:
    given = printed.basis_of(notice)
    for index, entry in enumerate(notice.entries):
        place = Text("Problem %(place)s", place=index + 1)
        yield place, given.get(entry.item_id, ""), f"entries-{index}-basis"
        yield place, entry.requirement, f"entries-{index}-requirement"


def _settings(notice: Notice) -> Iterator[tuple[Text, str, str]]:
    """What no draft can change: the county's settings, and the name of who drafted it."""
    authority = notice.authority
    yield Text("Notice type"), notice.type.name + notice.type.prefix, ""
    heading = authority.name + authority.short_name + authority.hotline
    yield Text("Issuing authority"), heading, ""
    yield Text("Drafted by"), notice.drafted_by.name, ""
