"""The words of the handbook and the names in the code are one vocabulary."""

import re
from pkgutil import resolve_name

import pytest

from tests.architecture import sources
from training_oversight import schema
from training_oversight.database import Base

GLOSSARY = sources.ROOT / "docs" / "handbook" / "glossary.md"
# Tables without a word of their own, and why an officer needs none.
NO_WORD = {
    "accounts.models.OfficerRole": "a role of an officer",
    "accounts.models.OfficerSession": "a device that is signed in",
    "audit.models.DaySeal": "read by the commands that verify history",
    "campaigns.models.CampaignDepartment": "that a 部门 takes part in a 专项行动",
    "campaigns.models.CampaignVisit": "that a 检查 was made from a 对象",
    "catalogue.models.CalendarDay": "a day off or made up: the entries of 工作日",
    "catalogue.models.CalendarYear": "a year that is arranged: the opposite of 暂定",
    "catalogue.models.NumberSeries": "the next number, of which papers show the last one",
    "catalogue.models.Setting": "one box of the settings pages",
    "complaints.models.ComplaintDraft": "what a clerk has typed and not yet saved",
    "complaints.models.ComplaintVisit": "that a visit looked into a 投诉",
    "doubles.models.DistinctPair": "the other answer to 合并",
    "enforcement.models.JointCaseItem": "that an item is in a case",
    "field.models.FieldAct": "that the office has taken what a phone noted",
    "files.models.StoredFile": "the content of an 附件",
    "inspections.models.VisitAnswer": "an answer to a line of the 检查清单",
    "inspections.models.VisitOfficer": "an officer of a 检查",
    "intake.models.ImportMapping": "how the last list of a sender was read",
    "intake.models.ImportRow": "a row of what is read in",
    "ledger.models.ReinspectionItem": "an item that a 复查 looks at",
    "notices.models.NoticeItem": "what a 文书 asks for about one item",
    "publication.models.PublicEntry": "a row of a 公示",
    "registry.models.LicenceEvent": "an event of a 证照",
    "scheduling.models.Heartbeat": "read by whoever runs the server",
    "scheduling.models.JobRun": "read by whoever runs the server",
    "web.models.FormReceipt": "that a form counts once",
    "workflow.models.RecordState": "the moves of 经过, for figures of a past day",
}


def rows():
    """The word, what it means, and its names in the code."""
    lines = GLOSSARY.read_text(encoding="utf-8").split("|---|---|---|\n")[1].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names():
    return [name for *_words, cell in rows() for name in re.findall(r"`([\w.]+)`", cell)]


def named(name):
    """What bears the name, or nothing."""
    try:
        return resolve_name(f"training_oversight.{name}")
    except (AttributeError, ImportError):
        return None


def tables():
    """The class of every table of ours; a test may have made others."""
    ours = tuple(one.__name__ for one in schema.MODELS)
    return [one.class_ for one in Base.registry.mappers if one.class_.__module__.startswith(ours)]


def test_every_word_has_a_meaning_and_a_name_in_the_code():
    poor = [row for row in rows() if len(row) != 3 or not all(row) or "`" not in row[2]]

    assert poor == []


def test_no_word_stands_twice():
    words = [word for word, *_ in rows()]

    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", [*names(), *NO_WORD])
def test_a_name_of_the_glossary_exists(name):
    assert named(name) is not None


def test_every_table_has_a_word_or_a_reason_to_have_none():
    explained = {named(name) for name in [*names(), *NO_WORD]}

    assert {one.__name__ for one in tables() if one not in explained} == set()


def test_what_has_a_word_needs_no_excuse():
    assert not set(names()) & NO_WORD.keys()
