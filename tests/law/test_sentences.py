"""A sentence kept with a row says later, in either language, exactly what it said."""

import json
from datetime import date
from decimal import Decimal

import pytest

from training_oversight.law import Period, Unit
from training_oversight.law.sentences import packed, unpacked
from training_oversight.law.wording import DayOfYear, Joined, Named
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Counted, Language, Text, speaking


@pytest.mark.parametrize(
    ("sentence", "chinese", "english"),
    [
        (Text("Due on %(day)s.", day=date(2026, 9, 14)), "2026年9月14日", "14 September 2026"),
        (Text("%(it)s", it=Text("Labour Day")), "劳动节", "Labour Day"),
        (Text("%(it)s", it=Named("机构名称", "Name")), "机构名称", "Name"),
        (Text("%(it)s", it=InstitutionState.OPERATING), "正常", "Operating"),
        (
            Text("%(all)s", all=Joined([Text("Labour Day"), Named("地址", "Address"), 3])),
            "劳动节、地址、3",
            "Labour Day, Address, 3",
        ),
        (Counted("%(n)s working day", "%(n)s working days", n=1), "1", "1 working day"),
        (Text("%(it)s", it=Decimal("12.50")), "12.50", "12.50"),
    ],
)
def test_what_was_kept_says_the_same_as_before(sentence, chinese, english):
    kept = json.loads(json.dumps(packed(sentence)))

    again = unpacked([kept])[0]

    for language, said in [(Language.CHINESE, chinese), (Language.ENGLISH, english)]:
        with speaking(language):
            assert said in str(again)
            assert str(again) == str(sentence)


def test_a_day_without_its_year_is_said_in_either_language():
    day = DayOfYear(date(2026, 9, 14))

    with speaking(Language.ENGLISH):
        assert str(day) == "14 September"
    with speaking(Language.CHINESE):
        assert str(day) == "9月14日"


def test_lists_of_the_same_things_are_the_same():
    assert Joined(["a", "b"]) == Joined(("a", "b"))
    assert Joined(["a"]) != Joined(["b"])
    assert Joined(["a"]) != "a"
    assert len({Joined(["a"]), Joined(["a"])}) == 1


def test_a_period_says_how_long_it_is():
    with speaking(Language.ENGLISH):
        assert str(Period(1, Unit.WORKING_DAYS)) == "1 working day"
        assert str(Period(15, Unit.CALENDAR_DAYS)) == "15 days"
