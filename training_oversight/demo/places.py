"""Institutions of the invented counties: names, addresses, codes with right check digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from training_oversight.accounts.models import Division
from training_oversight.demo.people import DemoCounty
from training_oversight.law.identifiers import make_uscc
from training_oversight.registry.models import (
    LegalForm,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.registry.service import InstitutionValues, LicenceValues

FIRST = [
    "墨耕",
    "乐弦",
    "青禾",
    "知行",
    "童画",
    "蓝汀",
    "小禾苗",
    "启蘅",
    "星屿",
    "跃澜",
    "思沅",
    "智坊",
    "明径",
    "云杉",
    "禾木",
    "弈林",
    "朗润",
    "晨汐",
    "悦芽",
    "栖木",
    "澄心",
    "飞羽羽",
    "聆溪",
    "拾光里",
    "麦田",
    "七巧",
    "向屿",
    "半亩",
    "听澜",
    "问渠",
    "鹿鸣",
    "白鹭",
    "竹里",
    "微澜",
    "归源",
    "见山",
]
KIND_WORDS = {
    "subject": ("文化培训学校", "数学工作室", "英语学堂"),
    "arts": ("书画院", "音乐教室", "美术工作室", "舞蹈艺术中心"),
    "sports": ("羽毛球训练馆", "少儿体育俱乐部", "游泳培训中心"),
    "science": ("编程培训中心", "机器人活动中心", "科学实验室"),
    "care": ("托管服务部", "托管之家"),
    "other": ("口才培训中心", "研学服务部"),
}
COURSES = {
    "subject": "语文、数学、英语",
    "arts": "美术、书法",
    "sports": "羽毛球、游泳",
    "science": "编程、机器人",
    "care": "午托、晚托",
    "other": "口才、研学",
}
PLATFORM_BEGAN = date(2024, 3, 5)
# How a county's register is made up: most teach arts, a good part looks after pupils.
MIX = ("arts", "arts", "care", "care", "sports", "science", "subject", "other", "care", "arts")
FAMILY = "林周吴郑许何吕施张孔曹严华金魏陶姜龚程嵇邢裴陆荣翁"
GIVEN = [
    "子安",
    "若琳",
    "嘉禾",
    "思远",
    "明轩",
    "雨桐",
    "文博",
    "静姝",
    "一诺",
    "书瑶",
    "珺",
    "祎",
    "堃",
    "知微",
    "景行",
    "乐之",
]


@dataclass(frozen=True)
class DemoPlace:
    """What the register and the papers of one institution say."""

    values: InstitutionValues
    licences: tuple[LicenceValues, ...]
    licensed: bool


def person(random: Random) -> str:
    return random.choice(FAMILY) + random.choice(GIVEN)


def institutions(
    county: DemoCounty, townships: list[Division], *, count: int, random: Random, today: date
) -> Iterator[DemoPlace]:
    """Invented institutions of all kinds; about one in six has no paper."""
    names = [f"{first}{word}" for first in FIRST for words in KIND_WORDS.values() for word in words]
    used: set[str] = set()
    for number in range(count):
        kind = MIX[number % len(MIX)]
        licensed = number % 6 != 3
        name = _name(random, kind, used, names)
        yield DemoPlace(
            values=_values(county, townships, random, kind, name, number, licensed=licensed),
            licences=_licences(county, random, kind, number, today) if licensed else (),
            licensed=licensed,
        )


def _name(random: Random, kind: str, used: set[str], names: list[str]) -> str:
    mine = [n for n in names if n.endswith(KIND_WORDS[kind]) and n not in used]
    chosen = random.choice(mine)
    used.add(chosen)
    return chosen


def _values(
    county: DemoCounty,
    townships: list[Division],
    random: Random,
    kind: str,
    name: str,
    number: int,
    *,
    licensed: bool,
) -> InstitutionValues:
    town = townships[number % len(townships)]
    form = random.choice((LegalForm.COMPANY, LegalForm.NON_ENTERPRISE, LegalForm.INDIVIDUAL))
    stages = [Stage.PRIMARY, *([Stage.JUNIOR] if random.random() < 0.4 else [])]
    return InstitutionValues(
        name=name,
        informal_name=not licensed,
        division_id=town.id,
        kind_code=kind if number % 23 else None,
        legal_form=form if licensed else LegalForm.UNREGISTERED,
        stages=tuple(stages),
        mode=Mode.OFFLINE,
        uscc=_uscc(county, form, number) if licensed else None,
        responsible_person=person(random),
        organiser=person(random) if licensed else None,
        # Nobody's number: no operator has given out 199 0000.
        phone=f"1990000{number:04}",
        pupils=random.randrange(12, 260),
        staff=random.randrange(2, 24),
        address=_address(county, town, random),
        premises=random.choice((Premises.SHOP, Premises.OFFICE, Premises.DWELLING))
        if not licensed
        else random.choice((Premises.SHOP, Premises.OFFICE)),
        latitude=round(county.latitude + random.random() * 0.06, 6) if number % 9 else None,
        longitude=round(county.longitude + random.random() * 0.06, 6) if number % 9 else None,
        position_source=PositionSource.IMPORTED if number % 9 else None,
        **(_registered(county, town, kind, form, number) if licensed else {}),
    )


def _registered(
    county: DemoCounty, town: Division, kind: str, form: LegalForm, number: int
) -> dict[str, Any]:
    """What only papers tell; of some places a part is missing still."""
    random = Random(number)
    civil = form is LegalForm.NON_ENTERPRISE
    return {
        "courses": COURSES[kind],
        "legal_representative": person(random),
        "principal": person(random),
        "registered_with": f"{county.name}{'民政局' if civil else '市场监督管理局'}",
        "platform_id": f"QG{county.code}{number:04}" if number % 4 else None,
        "platform_entered_on": PLATFORM_BEGAN if number % 4 else None,
        "fund_bank": f"{county.name}农村商业银行" if number % 5 else None,
        "fund_account": f"9901000000{number:06}" if number % 5 else None,
        "tenure": Tenure.RENTED,
        "landlord": f"{town.name}{random.choice(county.streets)}商业管理公司",
        "lease_until": date(2028, 1 + number % 12, 28),
        "area": 60 + number % 20 * 20,
    }


def _address(county: DemoCounty, town: Division, random: Random) -> str:
    street, house, floor = (
        random.choice(county.streets),
        random.randrange(1, 160),
        random.randrange(1, 5),
    )
    return f"{town.name}{street}{house}号{floor}层"


def _uscc(county: DemoCounty, form: LegalForm, number: int) -> str:
    head = {LegalForm.NON_ENTERPRISE: "52", LegalForm.INDIVIDUAL: "92"}.get(form, "91")
    return make_uscc(f"{head}{county.code}MADEM{number:04}")


def _licences(
    county: DemoCounty, random: Random, kind: str, number: int, today: date
) -> tuple[LicenceValues, ...]:
    since = today - timedelta(days=random.randrange(200, 1000))
    # Some run out soon, some have run out: the list must have something to warn of.
    until = today + timedelta(days=random.choice((-40, 25, 80, 300, 500, 700, 900)))
    training = LicenceType.SCHOOL if kind in {"subject", "other"} else LicenceType.TRAINING
    papers = [
        LicenceValues(
            type=training,
            number=f"1{county.code}7{number:07}",
            issuer=f"{county.name}教育局",
            scope="小学、初中学生校外培训",
            issued_on=since,
            valid_from=since,
            valid_until=until,
            exception_reason="换发旧证" if training is LicenceType.SCHOOL else None,
        )
    ]
    if kind == "care":
        papers.append(LicenceValues(type=LicenceType.FOOD, number=f"JY{county.code}{number:05}"))
    return tuple(papers)
