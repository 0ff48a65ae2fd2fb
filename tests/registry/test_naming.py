"""How names are recognised, sorted and found."""

import re

import pytest

from training_oversight.registry import naming


@pytest.mark.parametrize(
    "other",
    [
        "澄江县星屿（艺术）培训中心",
        "澄江县星屿(艺术)培训中心 ",
        "澄江县 星屿【艺术】培训中心",
        "澄江县星屿〔艺术〕培训中心",
    ],
)
def test_the_same_name_in_other_brackets_and_spaces_is_the_same(other):
    assert naming.match_name(other) == naming.match_name("澄江县星屿艺术培训中心")


def test_width_and_case_make_no_other_name():
    assert naming.match_name("ＡＢＣ英语") == naming.match_name("abc英语")


def test_another_branch_is_another_name():
    assert naming.match_name("星屿艺术一分校") != naming.match_name("星屿艺术二分校")


@pytest.mark.parametrize("name", ["星屿艺术", "ABC 123", "𬭊堃培训", "☆", "绿叶"])
def test_a_sort_key_is_plain_letters_and_digits(name):
    assert re.fullmatch(r"[a-z0-9]*", naming.sort_key(name))


def test_names_sort_by_their_pinyin():
    names = ["张三书法", "安心托管", "李四美术"]

    assert sorted(names, key=naming.sort_key) == ["安心托管", "李四美术", "张三书法"]


@pytest.mark.parametrize(
    "typed", ["星", "艺术", "XYYS", "xyys", "xingyu", "文澜路", "１３８", "星屿工作室"]
)
def test_the_search_text_holds_whatever_people_type(typed):
    text = naming.search_text(
        ["星屿艺术", "星屿工作室"], ["文澜路118号", "919901MA", None, "13809900001"]
    )

    assert naming.normalised(typed) in text
