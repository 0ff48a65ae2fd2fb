"""Words that no closed choice knows: what a county says of them is read, shown and remembered."""

import pytest
import sqlalchemy as sa

from tests.factories import errands
from tests.factories.columns_page import READ, stored_rows, the_batch
from tests.factories.lists import columns_of, ground_of, read_in, said, sent, workbook
from tests.pages import error_links, filled_in
from training_oversight.accounts.models import Scope
from training_oversight.intake import reading
from training_oversight.intake.cleaning import RowCleaner, taught
from training_oversight.intake.models import ImportMapping
from training_oversight.intake.workflow import ImportState, RowOutcome

HEADER = ["机构名称", "类别", "乡镇街道", "学段"]
ROWS = [
    ["晨曦画室", "综合", "城关", "小学"],
    ["云帆球馆", "综 合", "文澜街道", "九年一贯"],
    ["明德书屋", "艺术", "文澜街道", "小学、九年一贯"],
]


def cleaned(session, county, words, *rows, header=HEADER, **more):
    ground = ground_of(session, county, **more)
    columns = columns_of(workbook(header, *rows), "list.xlsx", ground)
    cleaner = RowCleaner(ground, reading.fields_of(columns.mapping), words)
    return [cleaner.clean(row) for row in columns.table.rows()]


def asked_of(session, county, words=None, **more):
    ground = ground_of(session, county, **more)
    table = columns_of(workbook(HEADER, *ROWS), "list.xlsx", ground).table
    places = {"name": 0, "kind_code": 1, "division_id": 2, "stages": 3}
    found = taught.asked(table.rows(), places, ground, words or {})
    return [(one.field, one.written, one.count) for one in found.words]


def test_the_words_of_a_closed_choice_that_are_not_understood_are_counted(session, county):
    assert asked_of(session, county) == [
        ("kind_code", "综合", 2),
        ("division_id", "城关", 1),
        ("stages", "九年一贯", 2),
    ]


def test_a_word_that_was_spoken_of_is_asked_again_so_that_it_can_be_corrected(session, county):
    words = {"kind_code": {"艺术": "care", "nobody": "arts"}}

    assert ("kind_code", "艺术", 1) in asked_of(session, county, words)


def test_a_word_that_means_something_is_read_so_and_shown_as_cleaned(session, county):
    town = county.townships[1]
    words = {
        "kind_code": {"综合": "arts"},
        "division_id": {"城关": town.code},
        "stages": {"九年一贯": "primary、junior"},
    }

    first, second, third = cleaned(session, county, words, *ROWS)

    assert [row.reasons for row in (first, second, third)] == [[], [], []]
    assert first.values["kind_code"] == second.values["kind_code"] == "arts"
    assert first.cleaned["kind_code"] == ["综合", "arts"]
    assert second.cleaned["stages"] == ["九年一贯", ["primary", "junior"]]
    assert third.values["stages"] == ["primary", "junior"]
    assert first.cleaned["division_id"] == ["城关", town.id]


def test_a_word_left_empty_leaves_the_cell_empty_and_says_so(session, county):
    words = {"kind_code": {"综合": ""}, "stages": {"九年一贯": ""}}

    row = cleaned(session, county, words, ROWS[2])[0]
    other = cleaned(session, county, words, ["晨曦画室", "综合", "", ""])[0]

    assert row.values["stages"] == ["primary"]
    assert row.cleaned["stages"] == ["小学、九年一贯", ["primary"]]
    assert "kind_code" not in other.values
    assert (other.reasons, other.cleaned["kind_code"]) == ([], ["综合", ""])


def test_a_township_left_empty_is_taken_from_the_address(session, county):
    header = ["机构名称", "乡镇街道", "地址"]

    row = cleaned(
        session, county, {"division_id": {"城关": ""}},
        ["晨曦画室", "城关", "文澜街道东街1号"], header=header,
    )[0]  # fmt: skip

    town = row.values["division_id"]
    assert row.cleaned["division_id"] == ["城关", town]


@pytest.mark.parametrize(
    "words", [{"kind_code": {"综合": "gone"}}, {"kind_code": {}}, {"nonsense": {"综合": "arts"}}]
)
def test_a_meaning_that_is_none_here_any_more_leaves_the_row_returned(session, county, words):
    row = cleaned(session, county, words, ROWS[0])[0]

    assert "综合" in said(row)


def test_a_township_officer_cannot_say_that_a_word_is_another_township(session, county):
    own, other = county.townships[:2]
    scope = Scope(own.path)

    offered = dict(taught.meanings("division_id", ground_of(session, county, own, scope)))
    row = cleaned(
        session, county, {"division_id": {"城关": other.code}}, ROWS[0], division=own, scope=scope
    )[0]

    assert list(offered) == [own.code]
    assert "城关" in said(row)


def words_on(page):
    """Word -> what it is taken for, and what is said of it."""
    return {
        row.select("td")[0].text.strip(): (
            (row.select_one("option[selected]") or row.select_one("option"))["value"],
            row.select("td")[4].text.strip(),
        )
        for row in page.soup.select(".words-of-list tbody tr")
    }


def test_what_is_said_once_is_read_and_remembered_for_the_sender(client_as, county, session):
    browser, content = client_as(county.officer()), workbook(HEADER[:2], *[r[:2] for r in ROWS])

    first = sent(browser, content, sender="文澜街道")
    shown = browser.submit(first.request.path, form=READ, **{"word-kind_code-综合": "=care"})
    again = sent(browser, content, sender="文澜街道")
    other = sent(browser, content, sender="南塘街道")

    assert words_on(first) == {"综合": ("", "看不懂")}
    assert words_on(again) == {"综合": ("=care", "同上次")}
    assert words_on(other) == {"综合": ("", "看不懂")}
    assert [row.values.get("kind_code") for row in stored_rows(session)][:2] == ["care", "care"]
    assert "综合" in shown.soup.select_one(".import-rows").text


def test_what_was_remembered_can_be_corrected_and_taken_back(client_as, county, session):
    browser, content = client_as(county.officer()), workbook(HEADER[:2], ROWS[0][:2])
    read_in(browser, content, sender="文澜街道", **{"word-kind_code-综合": "=care"})
    read_in(browser, content, sender="文澜街道", **{"word-kind_code-综合": "="})
    left_empty = sent(browser, content, sender="文澜街道")
    page = read_in(browser, content, sender="文澜街道", **{"word-kind_code-综合": ""})

    assert words_on(left_empty) == {"综合": ("=", "同上次")}
    assert session.scalars(sa.select(ImportMapping.words)).one() == {"kind_code": {}}
    assert stored_rows(session)[-1].outcome is RowOutcome.REJECTED
    link = page.soup.select_one(".notice a[href$='#words']")
    assert link is not None
    assert "看不懂" in link.find_parent(class_="notice").text


def test_a_list_that_is_read_again_brings_back_no_word_that_was_corrected_since(
    client_as, county, session
):
    """Only of what stands in it anything is said."""
    browser, sender = client_as(county.officer()), "文澜街道"
    word = workbook(HEADER[:2], ROWS[0][:2])
    read_in(browser, word, sender=sender, **{"word-kind_code-综合": "=care"})
    other = read_in(browser, workbook(HEADER[:2], ["云帆球馆", "体育"]), sender=sender)
    read_in(browser, word, sender=sender, **{"word-kind_code-综合": "=arts"})

    browser.submit(f"{other.request.path}/columns", form=READ)

    words = session.scalars(sa.select(ImportMapping.words)).one()
    assert words == {"kind_code": {"综合": "arts"}}


def test_words_of_a_column_that_was_settled_just_now_are_asked_before_it_is_read(
    client_as, county, session
):
    browser = client_as(county.officer())
    content = workbook(["机构名称", "大类"], ["晨曦画室", "综合"])
    page = sent(browser, content)

    asked = browser.submit(page.request.path, 422, form=READ, **{"column-1": "kind_code"})
    state = the_batch(session).state
    browser.post(
        page.request.path,
        data=filled_in(asked.soup.select_one(READ)) | {"word-kind_code-综合": "=arts"},
    )

    assert words_on(asked) == {"综合": ("", "看不懂")}
    assert error_links(asked) == ["#word-0"]
    assert state is ImportState.UPLOADED
    assert stored_rows(session)[0].values["kind_code"] == "arts"


def test_a_long_list_is_read_with_the_same_words(app, client_as, county, session, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    content = workbook(HEADER[:2], *[r[:2] for r in ROWS])

    read_in(client_as(county.officer()), content, **{"word-kind_code-综合": "=care"})
    errands.run_all(app)

    assert [row.values.get("kind_code") for row in stored_rows(session)] == ["care", "care", "arts"]
