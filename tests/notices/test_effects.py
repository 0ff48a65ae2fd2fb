"""What each effect sets off is said once, and the printed words know the same effects."""

import pytest

from training_oversight.catalogue import paper_templates
from training_oversight.catalogue.models import Effect
from training_oversight.ledger.clocks import LimitKind
from training_oversight.notices import compositions, effects
from training_oversight.notices.models import Recipient


def test_every_effect_has_its_consequence_and_words_of_its_own():
    assert set(effects.CONSEQUENCES) == set(Effect)
    assert [effects.of(effect).templates[0] for effect in Effect] == [one.value for one in Effect]


def test_every_template_has_words_and_an_effect_that_may_be_printed_in_it():
    used = {code for effect in Effect for code in effects.of(effect).templates}

    assert set(compositions.COMPOSITIONS) == used == set(paper_templates.KNOWN)


def test_an_order_is_printed_as_that_order_and_as_nothing_else():
    for effect in effects.those(lambda one: one.orders):
        (own,) = effects.of(effect).templates

        assert paper_templates.KNOWN[own].effects == {effect}


@pytest.mark.parametrize("effect", Effect)
def test_only_an_order_starts_a_deadline_or_stops_an_institution(effect):
    one = effects.of(effect)

    assert one.orders or not (one.starts or one.stops)


def test_only_a_stop_is_at_once_and_gives_a_second_limit_for_refunds_and_pupils():
    assert effects.those(lambda one: one.at_once) == (Effect.STOP,)
    assert effects.those(lambda one: one.second is LimitKind.SETTLEMENT) == (Effect.STOP,)


def test_a_landlord_is_only_ever_informed():
    assert effects.those(lambda one: Recipient.LANDLORD in one.recipients) == (Effect.INFORM,)
