"""What a list remembers of the batches before it, and that it reads as it was published."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import ledger
from tests.factories import publication as make
from tests.publication.test_proposal import cell, closed_directly
from training_oversight import clock, database
from training_oversight.errors import NotFound
from training_oversight.publication import layout, rules, service
from training_oversight.publication.models import PublicEntry
from training_oversight.publication.rules import ListColumn, ListRule, Place, Proposed
from training_oversight.texts import Language, Text, speaking

both_lists = pytest.mark.parametrize("rule", [make.RECTIFICATION, make.UNLICENSED])


def kept_out(one):
    return {e.subject_id: e.removed_reason for e in one.entries if not e.included}


def remove(county, entry, reason="正在核实"):
    by = make.publisher(county)
    ledger.done(service.remove, entry, reason=reason, by=by, today=county.today)


def restore(county, entry):
    ledger.done(service.restore, entry, by=make.publisher(county))


@both_lists
def test_what_was_left_out_stays_out_with_its_reason_until_it_is_put_back(county, at, rule):
    make.standing(county, rule)
    gone = make.standing(county, rule)
    first = make.draft(county, rule=rule)
    remove(county, next(e for e in first.entries if e.subject_id == gone.id))
    make.published(county, make.submitted(county, first))
    left_on = county.today
    at(county.today + timedelta(days=7))

    second = make.draft(county, rule=rule)
    assert kept_out(second) == {gone.id: "正在核实"}
    assert [e.removed_on for e in second.entries if not e.included] == [left_on]
    restore(county, next(e for e in second.entries if not e.included))
    make.published(county, make.submitted(county, second))

    assert kept_out(make.draft(county, rule=rule)) == {}


def test_a_draft_that_was_discarded_has_left_nothing_out(county):
    make.owed(county)
    by = make.publisher(county)
    one = make.draft(county, by=by)
    remove(county, one.entries[0])
    ledger.done(service.discard, one, by=by, today=county.today, version=None)

    assert kept_out(make.draft(county)) == {}


def test_a_withdrawn_batch_still_says_what_was_left_out_of_it(county):
    make.owed(county)
    gone = make.owed(county)
    one = make.draft(county)
    remove(county, one.entries[1])
    make.withdrawn(county, make.published(county, make.submitted(county, one)))

    assert kept_out(make.draft(county)) == {gone.id: "正在核实"}


def test_one_list_leaves_nothing_out_of_another(county):
    one = make.ordered_to_stop(county)
    draft = make.draft(county, rule=make.UNLICENSED)
    remove(county, draft.entries[0])

    assert kept_out(draft) == {one.id: "正在核实"}
    assert kept_out(make.draft(county)) == {}


def test_a_closed_item_that_was_left_out_can_still_be_put_back_in_the_next_batch(county, at):
    make.owed(county)
    over = closed_directly(county, "stopped")
    one = make.draft(county)
    remove(county, next(e for e in one.entries if e.subject_id == over.id))
    at(county.today + timedelta(days=3))
    make.published(county, make.submitted(county, make.refreshed(county, one, by=one.prepared_by)))

    second = make.draft(county)
    entry = next(e for e in second.entries if e.subject_id == over.id)
    restore(county, entry)

    assert (entry.included, entry.status) == (True, "stopped")


def test_each_kind_counts_its_own_batches_and_stands_beside_the_others(county):
    make.ordered_to_stop(county)
    one = make.published(county)
    other = make.published(county, rule=make.UNLICENSED)

    assert [(p.kind, p.batch, p.state) for p in (one, other)] == [
        ("rectification", 1, "published"),
        ("unlicensed", 1, "published"),
    ]


def test_an_old_batch_keeps_its_columns_and_words_when_the_rule_changes(county):
    make.owed(county, ledger.institution(county, "星屿画室"))
    old = make.published(county)
    title, *others = make.RECTIFICATION.columns
    changed = replace(
        make.RECTIFICATION, title="新名单", columns=[replace(title, label="新标题"), *others[:-1]]
    )
    changed = replace(
        changed,
        proposed=lambda session, occasion: [
            replace(one, cells={k: v for k, v in one.cells.items() if k != "finished_on"})
            for one in make.RECTIFICATION.proposed(session, occasion)
        ],
    )

    new = ledger.done(service.prepare, changed, by=make.publisher(county), today=county.today)

    assert layout.of(old).columns[0].label == "机构名称"
    assert layout.of(old).columns[-1].name == "finished_on"
    assert cell(old.entries[0], "name") == "星屿画室"
    assert layout.of(new).columns[0].label == "新标题"
    assert (old.title, new.title) == ("校外培训机构整改情况", "新名单")


def test_a_draft_takes_over_the_columns_of_its_rule_when_it_is_brought_up_to_date(county):
    make.owed(county)
    by = make.publisher(county)
    one = make.draft(county, by=by)
    title, *others = make.RECTIFICATION.columns
    renamed = replace(make.RECTIFICATION, columns=[replace(title, label="新标题"), *others])

    ledger.done(service.refresh, one, renamed, by=by, today=county.today, version=None)

    assert layout.of(one).columns[0].label == "新标题"


def test_what_is_published_is_chinese_whoever_prepares_it(county):
    make.owed(county)

    with speaking(Language.ENGLISH):
        one = make.draft(county)

    assert layout.of(one).columns[0].label == "机构名称"
    assert layout.of(one).statuses["waiting"].label == "等待复查"


def about_nothing(proposed):
    """A rule whose entries are about no record of ours: names that another office has told."""
    return ListRule(
        kind="told",
        title="其他部门通报",
        gathers=Text("List"),
        columns=(
            ListColumn("name", Text("Known as"), Place.NAME, masked=True),
            ListColumn("township", Text("Township or street"), Place.TOWNSHIP),
            ListColumn("told_on", Text("Found on"), is_day=True),
        ),
        statuses=(),
        proposed=lambda _session, _occasion: [
            Proposed(
                cells={"name": name, "township": "文澜街道", "told_on": day}, status="", why=[]
            )
            for name, day in proposed
        ],
        left_out=lambda _session, _occasion: [],
    )


def test_an_entry_may_be_about_none_of_our_records(county):
    day = clock.today()
    names = [("甲班 13809901234", day), ("乙班", None)]
    rule, by = about_nothing(names), make.publisher(county)
    one = ledger.done(service.prepare, rule, by=by, today=county.today)
    names.pop()
    names.append(("丙班", day))

    ledger.done(service.refresh, one, rule, by=by, today=county.today, version=None)
    ledger.done(service.submit, one, by=by, today=county.today, version=None)
    make.RULES["told"] = rule
    make.published(county, one)
    make.RULES.pop("told")

    assert [cell(entry, "name") for entry in one.entries] == ["甲班 某", "丙班"]
    assert [cell(entry, "told_on") for entry in one.entries] == [day, day]
    assert (one.state, one.batch, one.basis) == ("published", 1, "")


def test_a_list_whose_entries_have_no_status_is_readable(client_as, county):
    rule, by = about_nothing([("甲班", None)]), make.publisher(county)
    one = ledger.done(service.prepare, rule, by=by, today=county.today)
    ledger.done(service.submit, one, by=by, today=county.today, version=None)
    make.RULES["told"] = rule
    make.published(county, one)
    make.RULES.pop("told")
    entry = one.entries[0].id

    page = client_as().get(f"/public/{county.code}/told")

    assert [a.text for a in page.soup.select(".public-list td.s-title a")] == ["甲班"]
    client_as().get(f"/public/entries/{entry}")
    client_as(by).get(f"/publications/{one.id}/table.xlsx")


def test_the_database_refuses_half_a_subject(county):
    from sqlalchemy.exc import IntegrityError

    make.owed(county)
    one = make.draft(county)

    with pytest.raises(IntegrityError), database.transaction() as session:
        session.get_one(PublicEntry, one.entries[0].id).subject_kind = None


def test_a_kind_that_no_area_hands_in_is_not_found(app):
    with app.app_context(), pytest.raises(NotFound):
        rules.rule_of("nonsense")
