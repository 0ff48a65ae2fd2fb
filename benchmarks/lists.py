"""A county's list of institutions that are all new, as .xlsx in the columns that counties have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks import county
from benchmarks.country import BRAND_CHARACTERS, ENDINGS, STREETS
from training_oversight.demo import places
from training_oversight.law.identifiers import make_uscc
from training_oversight.spreadsheets import write

HEADER = (
    "序号", "机构名称", "培训类别", "所属镇街", "办学地址", "统一社会信用代码", "办学许可证号",
    "发证日期", "有效期至", "机构性质", "负责人", "联系电话", "学员人数", "教职工人数", "备注",
)  # fmt: skip
KINDS = {
    "subject": "学科类", "arts": "艺术类", "sports": "体育类", "science": "科技类",
    "care": "托管类", "other": "其他非学科类",
}  # fmt: skip
FORMS = ("公司", "民办非企业单位", "个体工商户")
NOTES = ("", "", "", "", "证件齐全", "寒暑假招生", "与书店共用场所")
# Of a hundred: how many hold a permit.
LICENSED = 80
# In that year permits of subject institutions were still given.
FIRST_ISSUED = date(2021, 1, 1)


def written(path: Path, rows: int) -> Path:
    """The file, always the same for a number of rows."""
    write(path, HEADER, _rows(rows), title="机构台账")
    return path


def _rows(count: int) -> Iterator[list[object]]:
    random = Random(17)
    for number in range(1, count + 1):
        yield _row(number, random)


def _row(number: int, random: Random) -> list[object]:
    kind = random.choice(places.MIX)
    brand = "".join(random.sample(BRAND_CHARACTERS, random.choice((2, 2, 2, 3))))
    issued = FIRST_ISSUED + timedelta(days=random.randrange(300))
    licensed = random.randrange(100) < LICENSED
    return [
        number,
        f"{brand}{random.choice(places.KIND_WORDS[kind])}{random.choice(ENDINGS)}",
        KINDS[kind],
        f"{random.randrange(county.TOWNS)}号镇",
        f"量尺县{random.choice(STREETS)}{number}号{random.randrange(1, 30)}栋"
        f"{random.randrange(100, 999)}室",
        # Two codes are two institutions, whatever they are called: so all of them are new.
        make_uscc(f"91990101MA{number:07}"),
        f"19901017{number:07}" if licensed else "",
        issued if licensed else "",
        issued + timedelta(days=365 * random.randrange(5, 9)) if licensed else "",
        random.choice(FORMS),
        random.choice(places.FAMILY) + random.choice(places.GIVEN),
        # Nobody's number: no operator has given out 199 0.
        f"1990{number:07}",
        random.randrange(8, 400),
        random.randrange(2, 40),
        random.choice(NOTES),
    ]
