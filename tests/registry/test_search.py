"""Finding institutions by what was typed: the same on both databases, with the index or without."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.registry import closed, credit_code, institution
from tests.factories.searching import EVERYWHERE, PLACE, WAYS, found
from training_oversight import clock
from training_oversight.names import naming
from training_oversight.names.typed import Typed
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.queries.search import Rank, Search

# What is typed, and what it finds in this order.
ANSWERS = [
    ("星", [PLACE, "星屿旧址"]),
    ("星屿", [PLACE, "星屿旧址"]),
    ("屿艺术", [PLACE]),
    ("艺术文澜", [PLACE]),
    ("（文澜）", [PLACE]),
    ("cq", ["重庆书院"]),
    ("chongqing", ["重庆书院"]),
    ("ＣＱＳＹ", ["重庆书院"]),
    ("abc", ["ABC英语"]),
    ("ａｂｃ英", ["ABC英语"]),
    ("qiuying", ["仇英书画社"]),
    ("拾光", [PLACE]),
    ("sghs", [PLACE]),
    ("蓝汀", [PLACE]),
    ("书院路118", [PLACE]),
    ("书院路１１８号", [PLACE]),
    ("书 书院路", [PLACE]),
    ("星屿 南塘", ["星屿旧址"]),
    (credit_code(7).lower(), [PLACE]),
    (credit_code(7)[5:12], [PLACE]),
    (f"{credit_code(7)[:8]} {credit_code(7)[8:]}", [PLACE]),
    ("教民199010170000009号", [PLACE]),
    ("0170000009", [PLACE]),
    ("13809900001", [PLACE]),
    ("138-0990-0001", [PLACE]),
    ("+86 138 0990 0001", [PLACE]),
    ("9900001", [PLACE]),
    ("书院", ["重庆书院", PLACE]),
    ("书", ["重庆书院", "墨耕书法", "仇英书画社", PLACE]),
    ("%", []),
    ("_", []),
    ("星_", []),
    ("不存在", []),
    ("龘", []),
    ("星屿 龘", []),
    ("", []),
]


@pytest.mark.parametrize("way", WAYS)
def test_what_was_typed_finds_the_same_by_every_way(register, way):
    answers = [(typed, found(register, typed, way=way)) for typed, _ in ANSWERS]

    assert answers == ANSWERS


SIGNS = "O'Neil“乐”100%书画_坊/\\"
BRANCH = "21世纪英语2号店(A座)"
# The same for what people type besides: signs, mixed spellings, parts of numbers, too much.
PECULIAR = [
    ("%", [SIGNS]),
    ("100%", [SIGNS]),
    ("1%", []),
    ("0%书", [SIGNS]),
    ("１００％", [SIGNS]),
    ("_", [SIGNS]),
    ("画_坊", [SIGNS]),
    ("画_", [SIGNS]),
    ("书_坊", []),
    ("'", [SIGNS]),
    ("o'n", [SIGNS]),
    ("O''Neil", []),
    ("' OR 1=1 --", []),
    ("“乐”", [SIGNS]),
    ('"', []),
    ("/", [SIGNS]),
    ("\\", [SIGNS]),
    ("坊/\\", [SIGNS]),
    ("*", []),
    ("NEAR(", []),
    ("n:a & !b | <->", []),
    ("21sjyy2hd", [BRANCH]),
    ("２１ＳＪＹＹ", [BRANCH]),
    ("shiji 2号店", [BRANCH]),
    ("sjyy 21", [BRANCH]),
    ("21世纪yingyu", []),
    ("2haodian", [BRANCH]),
    ("2号店A座", [BRANCH]),
    ("（Ａ座）", [BRANCH]),
    # In a name, or in the pinyin of one.
    ("a", ["ABC英语", BRANCH, "重庆书院", "墨耕书法", SIGNS, "仇英书画社", PLACE]),
    # In the name; in telephone numbers.
    ("2", [BRANCH, "ABC英语", "重庆书院", "墨耕书法", "仇英书画社"]),
    ("99", [PLACE]),
    ("1701", []),
    ("9010170", [PLACE]),
    ("19901017-0000009", [PLACE]),
    ("教民 1990101 70000009 号", [PLACE]),
    ("蓝汀书社", [PLACE]),
    ("ltss", [PLACE]),
    ("拾光画室", [PLACE]),
    ("sghs 0170000009", [PLACE]),
    # Traditional characters are not turned into simplified ones.
    ("重慶書院", []),
    ("星屿艺术（文澜）培训中心" * 40, []),
    ("星屿 艺术 文澜 培训 中心 书院路 118 拾光 蓝汀 街道 这是第十一个词", [PLACE]),
    ("星 " * 2000, [PLACE, "星屿旧址"]),
    ("\x00\u200b星屿\ufeff", [PLACE, "星屿旧址"]),
    ("𠮷", []),
    ("😀", []),
]


@pytest.mark.parametrize("way", WAYS)
def test_signs_and_mixed_spellings_find_the_same_by_every_way(county, register, way):
    for name in (SIGNS, BRANCH):
        institution(county, name=name, address="城东街道", phone="")

    answers = [(typed, found(register, typed, way=way)) for typed, _ in PECULIAR]

    assert answers == PECULIAR


@pytest.mark.parametrize("way", WAYS)
def test_the_nearest_come_first_and_closed_ones_last(county, session, way):
    for name, address in (
        ("乙博雅书画", "甲街"),
        ("博雅书画", "乙街"),
        ("甲书画", "博雅路"),
        ("甲书社", "丙街"),
        ("博雅书社", "丁街"),
    ):
        institution(county, name=name, address=address)
    closed(institution(county, name="博雅阿社", address="戊街"), county)
    closed(institution(county, name="阿博雅", address="己街"), county)
    closed(institution(county, name="阿书画", address="博雅路"), county)

    names = found(session, "博雅", way=way)

    assert names == [
        "博雅书画", "博雅书社", "博雅阿社", "乙博雅书画", "阿博雅", "甲书画", "阿书画",
    ]  # fmt: skip
    assert found(session, "博雅", way=way, limit=4) == names[:4]


NAMES = st.text(st.sampled_from("星屿艺术博雅ABCb12 重乐单（仇"), min_size=1, max_size=8).filter(
    str.strip
)


@given(st.lists(NAMES, min_size=5, max_size=7), st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_part_of_any_name_finds_it_by_every_way(county, session, names, data):
    before = session.begin_nested()
    try:
        rows = [written(county, name, number) for number, name in enumerate(names)]
        session.execute(sa.insert(Institution), rows)
        name = data.draw(st.sampled_from(names))
        begin = data.draw(st.integers(0, len(name) - 1))
        part = name[begin : begin + data.draw(st.integers(1, 4))]

        answers = [found(session, part, way=way) for way in WAYS]

        assert all(answer == answers[0] for answer in answers)
        assert name in answers[0] or not part.strip()
    finally:
        before.rollback()
        session.expunge_all()


def written(county, name, number):
    """The values of an institution's row, as they are when many are written at once."""
    return {
        "authority_id": county.authority.id,
        "division_id": county.division.id,
        "division_path": county.division.path,
        "name": name,
        "match_name": naming.match_name(name),
        "sort_key": naming.sort_key(name),
        "search_text": naming.search_text(name),
        "state": "closed" if number % 3 == 2 else "operating",
        "closed_on": clock.today() if number % 3 == 2 else None,
        "entered_at": clock.now(),
        "version": 1,
    }


def test_the_rank_is_the_nearest_of_those_that_fit():
    assert sorted(Rank) == [Rank.BEGINS, Rank.NAMED, Rank.ELSEWHERE]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("小鹿美育", "“小鹿”美育"),
        ("“小鹿”美育", "小鹿美育"),
        ("xlmy", "“小鹿”美育"),
        ("点点绘本", "点·点绘本馆"),
        ("点·点绘本", "点点绘本馆"),
        ("星屿书院", "星屿-书院"),
        ("qinhang", "听澜琴行"),
        ("tlqh", "听澜琴行"),
        ("lueying", "略影书画"),
        ("lveying", "略影书画"),
        ("lüeying", "略影书画"),
        ("lvye", "绿叶美术"),
        ("lyuye", "绿叶美术"),
        ("LÜYE", "绿叶美术"),
    ],
)
def test_marks_shops_and_umlauts_hide_no_name(county, register, way, typed, name):
    institution(county, name=name, address="城东街道9号")

    assert name in found(register, typed, way=way)


@pytest.mark.parametrize("way", WAYS)
def test_people_who_stand_for_an_institution_are_found(county, session, way):
    people = {
        "responsible_person": "尉迟敬",
        "legal_representative": "欧阳若",
        "principal": "司空见",
        "organiser": "霁月文化公司",
    }
    institution(county, name="墨耕书法", landlord="上官明", **people)

    for who in people.values():
        assert found(session, who, way=way) == ["墨耕书法"]
    said = queries.hits(session, Search(Typed.read("尉迟敬"), EVERYWHERE, False), limit=5)
    assert [str(reason) for reason in said[0].reasons] == ["负责人：尉迟敬"]
    # Of whom nobody is shown the name, nobody is told by the search.
    assert found(session, "上官明", way=way) == []
