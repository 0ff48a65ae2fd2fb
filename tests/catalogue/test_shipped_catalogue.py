"""What a release carries, and that shipping it never touches a county's own entries."""

import re
import tomllib

import pytest

from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.accounts.service import USUAL_DEPARTMENTS
from training_oversight.catalogue import paper_templates, queries, service
from training_oversight.catalogue.models import (
    Check,
    Effect,
    InstitutionKind,
    LegalNature,
    Limit,
    NoticeType,
    PhraseUse,
    Severity,
    ViolationType,
)
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.errors import BadInput
from training_oversight.law import Period, Unit
from training_oversight.notices.publishing import PublicStatus

CONTENT = tomllib.loads(service.SHIPPED.read_text(encoding="utf-8"))
# Read in the statutes (see the domain notes). Anything else ships without a basis.
READ = {
    "《中华人民共和国民办教育促进法》第六十四条",
    "《校外培训行政处罚暂行办法》第十七条",
    "《校外培训行政处罚暂行办法》第十八条",
    "《中华人民共和国民办教育促进法实施条例》第六十三条第（九）项",
    "《中华人民共和国民办教育促进法实施条例》第六十三条第（十）项",
    "《中华人民共和国民办教育促进法实施条例》第六十三条第（五）项",
    "《中华人民共和国广告法》第二十八条、第五十五条",
    "《中华人民共和国广告法》第二十四条、第五十八条",
    "《中华人民共和国未成年人保护法》第六十二条、第一百二十六条",
    "《中华人民共和国未成年人保护法》第三十三条",
    "《中华人民共和国学前教育法》",
    "《中华人民共和国消防法》第六十条",
    "《中华人民共和国价格法》第四十二条",
    "《无证无照经营查处办法》第十三条",
}


def codes(section):
    return {entry["code"] for entry in CONTENT[section]}


@pytest.mark.parametrize("section", service.MODELS)
def test_no_code_stands_twice_and_every_entry_has_both_names(section):
    given = [entry["code"] for entry in CONTENT[section]]

    assert len(given) == len(set(given))
    assert all(entry["name"] and entry["name_en"] for entry in CONTENT[section])


def test_every_code_that_is_referred_to_exists():
    items = [item for checklist in CONTENT["checklists"] for item in checklist["items"]]
    named_kinds = {kind for entry in CONTENT["violation_types"] for kind in entry["kinds"]}
    departments = {d for entry in CONTENT["violation_types"] for d in entry["departments"]}
    departments |= {kind["department_code"] for kind in CONTENT["kinds"]}

    assert {item["violation_type"] for item in items} <= codes("violation_types")
    assert named_kinds <= codes("kinds")
    assert departments <= USUAL_DEPARTMENTS.keys()
    assert len({item["code"] for item in items}) == len(items)


def test_every_word_with_a_meaning_in_code_is_known_to_the_code():
    for entry in CONTENT["violation_types"]:
        assert Severity(entry["severity"])
        assert Effect(entry["effect"])
    for entry in CONTENT["notice_types"]:
        assert {Check(check) for check in entry["checks"]}
        assert LegalNature(entry["nature"])
        paper_templates.check(entry["template_code"], entry["effect"])
        assert Period(entry["default_length"], Unit(entry["unit"])).length <= entry["longest"]
    for entry in CONTENT["close_reasons"]:
        assert entry["public_status"] == "" or PublicStatus(entry["public_status"])
    assert {entry["code"] for entry in CONTENT["answer_rules"]} == set(ComplaintKind)
    assert {PhraseUse(entry["use"]) for entry in CONTENT["phrases"]} == set(PhraseUse)
    for entry in CONTENT["limits"]:
        assert Period(entry["length"], Unit(entry["unit"]))
        assert entry["source"]


def test_only_articles_that_were_read_are_shipped():
    named = {
        part
        for entry in CONTENT["violation_types"]
        for part in re.split("；", entry["legal_basis"])
        if part
    }

    assert named == READ


def test_every_effect_has_a_type_of_paper_and_a_ban_is_switched_off():
    enabled = {entry["effect"]: entry["enabled"] for entry in CONTENT["notice_types"]}

    assert enabled == {effect: effect != Effect.BAN for effect in Effect}


def test_no_consequence_names_an_article():
    assert not [e["code"] for e in CONTENT["notice_types"] if "第" in e["consequence"]]


def test_shipping_twice_changes_nothing(session):
    with database.transaction():
        again = service.ship(session)

    assert again == 0


def test_a_template_that_this_release_does_not_have_is_not_shipped(session, monkeypatch, tmp_path):
    later = tmp_path / "shipped.toml"
    text = service.SHIPPED.read_text(encoding="utf-8")
    later.write_text(text.replace('template_code = "talk"', 'template_code = "chat"'))
    monkeypatch.setattr(service.versions, "SHIPPED", later)

    with pytest.raises(BadInput) as refused, database.transaction():
        service.ship(session)

    assert "没有“chat”这种文书样式" in str(refused.value)


def test_a_countys_edit_survives_shipping_again(session, county, monkeypatch, tmp_path):
    officer = county.officer(Role.ADMINISTRATOR)
    own = changed(session, officer, county, "fees", name="收费周期过长")
    later = tmp_path / "shipped.toml"
    text = service.SHIPPED.read_text(encoding="utf-8")
    later.write_text(text.replace("收费超过规定周期或金额", "收费超期超额"), encoding="utf-8")
    monkeypatch.setattr(service.versions, "SHIPPED", later)

    with database.transaction():
        count = service.ship(session)

    assert count == 1
    assert in_force(session, county, "fees").id == own.id
    assert in_force(session, None, "fees", today=county.today).name == "收费超期超额"


def changed(session, officer, county, code, **values):
    """The county's own version of a violation type, from today on."""
    present = in_force(session, county, code)
    with database.transaction():
        return service.change(
            session,
            present,
            model=ViolationType,
            values=values_of(present) | values,
            by=officer,
            today=county.today,
            seen=present.id,
        )


def values_of(version):
    left_out = {"id", "authority_id", "valid_from", "valid_to"}
    return {c.key: getattr(version, c.key) for c in version.__table__.c if c.key not in left_out}


def in_force(session, county, code, *, model=ViolationType, today=None):
    return queries.entry(
        session,
        model,
        code,
        authority_id=county.authority.id if county else None,
        today=today or county.today,
    )


def test_kinds_know_their_industry_departments(session, county):
    found = queries.kinds(session, authority_id=county.authority.id, today=county.today)

    assert {kind.code: kind.department_code for kind in found} == {
        "subject": "education",
        "sports": "sports",
        "arts": "culture",
        "science": "science",
        "other": "education",
        "care": "market",
    }
    assert [type(kind) for kind in found] == [InstitutionKind] * 6


@pytest.mark.parametrize(
    "code", ["verify", "close_out", "service", "task_report", "approve", "decide"]
)
def test_every_limit_that_the_code_asks_for_is_shipped(session, county, code):
    limit = queries.limit(session, code, authority_id=county.authority.id, today=county.today)

    assert isinstance(limit, Limit)
    assert "县局设定" in limit.source


def test_types_switched_off_are_only_on_the_settings_page(session, county):
    offered = queries.notice_types(session, authority_id=county.authority.id, today=county.today)
    known = queries.entries(
        session, NoticeType, authority_id=county.authority.id, today=county.today
    )

    assert {kind.code for kind in known} - {kind.code for kind in offered} == {"ban"}
    assert isinstance(known[0], NoticeType)
