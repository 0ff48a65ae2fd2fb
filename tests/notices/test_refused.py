"""What a draft and an announcement refuse, and an entry that says no deadline."""

from dataclasses import replace

import pytest

from tests.factories import ledger, notices
from training_oversight.catalogue.models import Effect
from training_oversight.errors import BadInput, WrongState
from training_oversight.notices import service
from training_oversight.notices.service import serving


def test_a_notice_about_nothing_is_not_drafted(county):
    place = ledger.institution(county)

    with pytest.raises(BadInput, match="至少"):
        ledger.done(
            service.draft,
            institution=place,
            type=notices.notice_type(county),
            items=[],
            by=county.officer(),
            today=county.today,
        )


def test_a_paper_that_is_under_review_is_not_rewritten(county):
    notice = notices.submitted(county)

    with pytest.raises(WrongState):
        notices.rewritten(county, notice, facts="另一种写法")


def test_what_a_form_does_not_name_stays_as_it_is(county):
    notice = notices.draft(county, count=2)
    first, second = notice.entries
    words = notices.wording(notice, asked=lambda one: replace(one, requirement="拆除隔断"))
    named = [one for one in words.asked if one.item_id == first.item_id]
    before = second.requirement

    notices.rewritten(county, notice)
    ledger.done(service.update, notice, wording=replace(words, asked=named), by=notice.drafted_by)

    assert [one.requirement for one in notice.entries] == ["拆除隔断", before]


def test_an_announcement_that_nobody_made_is_not_completed(county):
    notice = notices.approved(county)

    with pytest.raises(WrongState):
        ledger.done(
            service.complete_announcement,
            notice,
            by=county.officer(),
            today=county.today,
            calendar=ledger.calendar(county),
        )


def test_an_entry_without_a_period_starts_no_deadline(county):
    notice = notices.draft(county)
    notices.rewritten(county, notice, asked=lambda one: replace(one, length=None, unit=None))

    assert serving.deadlines_of(Effect.RECTIFY, notice.entries[0], county.today) == []
