"""Why an institution was found."""

from tests.factories.registry import credit_code
from tests.factories.searching import EVERYWHERE, PLACE
from training_oversight.names.typed import Typed
from training_oversight.registry import queries
from training_oversight.registry.queries import Search

WHY = [
    ("星屿", []),
    ("xyys", []),
    ("拾光", ["又称拾光画室"]),
    ("蓝汀", ["曾用名蓝汀书社"]),
    ("书院路", ["地址：文澜街道书院路118号"]),
    ("星屿 书院路", ["地址：文澜街道书院路118号"]),
    ("拾光 书院路 118", ["又称拾光画室", "地址：文澜街道书院路118号"]),
    ("990101ma0000007", [f"信用代码{credit_code(7)}"]),
    ("99010170000009", ["许可证号199010170000009"]),
    ("138 0990 0001", ["电话相符"]),
]


def test_a_hit_says_why_it_is_one(register):
    def why(typed):
        search = Search(Typed.read(typed), EVERYWHERE, phones=True)
        nearest = queries.hits(register, search, limit=5)[0]
        assert nearest.institution.name == PLACE
        return [str(reason) for reason in nearest.reasons]

    assert [(typed, why(typed)) for typed, _ in WHY] == WHY


def test_a_hit_knows_whether_the_whole_number_was_typed(register):
    def exactly(typed):
        search = Search(Typed.read(typed), EVERYWHERE, phones=True)
        return [hit.exact for hit in queries.hits(register, search, limit=5)]

    assert exactly(credit_code(7).lower()) == [True]
    assert exactly("教民 199010170000009 号") == [True]
    assert exactly("19901017000000") == [False]
    assert exactly("13809900001") == [False]
