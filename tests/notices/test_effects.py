"""What each effect sets off is said once, and the printed words know the same effects."""

import re
from pathlib import Path

import pytest

from training_oversight.catalogue.models import Effect
from training_oversight.ledger.clocks import LimitKind
from training_oversight.notices import effects
from training_oversight.notices.models import Recipient

PAPER = Path(__file__).parents[2] / "templates" / "notices" / "documents" / "notice.typ"


def test_every_effect_has_its_consequence_and_its_words():
    words = PAPER.read_text(encoding="utf-8")
    lead_in = words[words.index("#let lead-in") :].partition(".at(effect")[0]

    assert set(effects.CONSEQUENCES) == set(Effect)
    assert set(re.findall(r"^  (\w+): \[", lead_in, re.MULTILINE)) == {one.value for one in Effect}


def test_the_paper_and_the_table_call_the_same_papers_orders():
    printed = re.search(r"#let orders = \((.*)\)", PAPER.read_text(encoding="utf-8"))[1]

    orders = effects.those(lambda one: one.orders)

    assert re.findall(r'"(\w+)"', printed) == [one.value for one in orders]


@pytest.mark.parametrize("effect", Effect)
def test_only_an_order_starts_a_deadline_or_stops_an_institution(effect):
    one = effects.of(effect)

    assert one.orders or not (one.starts or one.stops)


def test_only_a_stop_is_at_once_and_gives_a_second_limit_for_refunds_and_pupils():
    assert effects.those(lambda one: one.at_once) == (Effect.STOP,)
    assert effects.those(lambda one: one.second is LimitKind.SETTLEMENT) == (Effect.STOP,)


def test_a_landlord_is_only_ever_informed():
    assert effects.those(lambda one: Recipient.LANDLORD in one.recipients) == (Effect.INFORM,)
