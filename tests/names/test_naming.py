"""How names are recognised, sorted and found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT

from training_oversight.names import naming


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


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("“小鹿”美育", "小鹿美育"),
        ("点·点绘本馆", "点点绘本馆"),
        ("点•点绘本馆", "点・点绘本馆"),
        ("星屿-书院", "星屿——书院"),
        ("霁月托管班。", "霁月托管班"),
        ("A.B.C.英语", "ABC英语"),
        ("‘霁月’托管班．", "霁月,托管班"),
    ],
)
def test_the_same_name_with_other_marks_is_the_same(written, other):
    assert naming.match_name(written) == naming.match_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("东街1-2号", "东街12号"), ("1.5班", "15班"), ("C++编程", "C编程")]
)
def test_marks_that_tell_two_apart_stay(one, other):
    assert naming.match_name(one) != naming.match_name(other)


def test_a_name_of_nothing_but_marks_is_all_that_there_is():
    assert naming.match_name("——") == "——"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("翟老师画室", "zhai"),
        ("翟记书法", "zhai"),
        ("曾老师画室", "zeng"),
        ("仇家武术", "qiu"),
        ("区氏围棋", "ou"),
        ("解氏美术", "xie"),
        ("单氏书法", "shan"),
        ("查氏编程", "zha"),
        # A word is a word, whoever is called like its first character.
        ("单车俱乐部", "danche"),
        ("解放路画室", "jiefang"),
        ("曾经书屋", "cengjing"),
        ("区域中心", "quyu"),
        ("乐家托管", "lejia"),
        ("黑马编程", "heima"),
    ],
)
def test_a_name_sorts_by_how_its_surname_is_read(name, begins):
    assert naming.sort_key(name).startswith(begins)


def test_names_of_people_sort_among_the_others():
    names = ["赵老师画室", "丁老师画室", "翟老师画室", "曾老师画室", "查氏编程"]

    assert sorted(names, key=naming.sort_key) == [
        "丁老师画室", "曾老师画室", "翟老师画室", "赵老师画室", "查氏编程",
    ]  # fmt: skip


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
    "typed", ["星", "艺术", "XYYS", "xyys", "xingyu", "文澜路", "９１９", "星屿工作室", "yssdmm"]
)
def test_the_search_text_holds_whatever_people_type(typed):
    text = naming.search_text(
        "星屿艺术", ["星屿工作室", "艺术书店弥漫"], ["文澜路118号", "919901MA", None]
    )

    assert naming.normalised(typed) in text


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("重庆书院", "cqsy"),
        ("重庆书院", "chongqing"),
        ("仇英书画", "qiuying"),
        ("仇英书画", "chouying"),
        ("澄江单氏武术", "shanshi"),
        ("澄江单氏武术", "cjssws"),
        ("澄江单氏武术", "cjdsws"),
        ("乐学堂", "yxt"),
        ("乐学堂", "lxt"),
        ("曾老师A1英语", "zlsa1yy"),
        ("曾老师A1英语", "clsa1yy"),
        ("听澜琴行", "qinhang"),
        ("听澜琴行", "tlqh"),
        ("听澜琴行", "qinxing"),
        ("听澜乐器行（东街店）", "yueqihang"),
        ("墨池书画行", "shuhuahang"),
        ("知行教育", "zhixing"),
    ],
)
def test_a_name_is_found_by_each_way_to_read_its_surname(name, typed):
    assert naming.normalised(typed) in naming.search_text(name)


def test_a_word_that_the_dictionary_knows_has_one_reading():
    assert "ZHONGQING" not in naming.search_text("重庆书院")


def test_the_lines_of_the_search_text_tell_names_from_the_rest():
    text = naming.search_text("星屿 (艺术)", ["书社"], ["文澜路1号"])

    assert text == ("\n星屿 (艺术)\n星屿艺术\nXINGYUYISHU\nXYYS\t书社\tSHUSHE\tSS\f\n文澜路1号")


def test_what_nobody_sees_neither_hides_a_name_nor_breaks_the_lines():
    assert naming.search_text("星\u200b屿\n艺\x00术\f") == naming.search_text("星屿 艺术")


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        (None, ""),
        ("没有", ""),
        ("138 0990-0001", "\n13809900001"),
        ("０９９０－１２３４５６７转8001、13809900001", "\n09901234567\n8001\n13809900001"),
    ],
)
def test_of_a_telephone_the_digits_are_kept(phone, digits):
    assert naming.search_phone(phone) == digits


def test_names_that_begin_alike_stand_together_in_the_order_of_the_list():
    # What a search goes through from a reading on must hold every name that begins so.
    strays = [
        word
        for word in PHRASES_DICT
        if (readings := naming.first_readings(word))
        and not any(naming.sort_key(word).startswith(reading) for reading in readings)
    ]

    assert strays == []


@given(st.text(min_size=1, max_size=12))
def test_the_first_reading_begins_the_sort_key_of_any_name(name):
    readings = naming.first_readings(name)

    if readings is not None:
        assert any(naming.sort_key(name).startswith(reading) for reading in readings)
