"""All institutions of a country: 401,050 over 2,758 counties, written straight into the tables.

The size of the survey of 2018. Names, addresses and numbers are invented; what matters is
how often a character, a street and a county's name come back.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random
from typing import Any

import sqlalchemy as sa

from training_oversight import clock, database
from training_oversight.accounts.models import Authority, Division, DivisionLevel
from training_oversight.demo import places
from training_oversight.law.identifiers import make_uscc
from training_oversight.names import naming
from training_oversight.registry.models import Institution, Licence, Venue

INSTITUTIONS = 401_050
COUNTIES = 2_758
PROVINCES = (
    "浙江", "江苏", "四川", "广东", "山东", "河南", "河北", "湖南", "湖北", "安徽", "福建", "江西",
    "云南", "贵州", "陕西", "甘肃", "青海", "辽宁", "吉林", "黑龙江", "海南", "山西", "广西",
    "宁夏", "新疆", "西藏", "内蒙古", "北京", "上海", "天津", "重庆",
)  # fmt: skip
COUNTY_CHARACTERS = (
    "云汀南屿安平清源临江永宁和顺长兴德昌广丰新化石泉青阳武陵松桃金华龙泉凤翔义乌仙居白河柳渡望"
    "湖沙洲桐梓荔波嘉禾崇明建水通海元谋富宁泸溪保靖绥阳凌云巴马天峨"
)
BRAND_CHARACTERS = (
    "博雅星屿童画知行青禾乐弦墨耕启蘅思沅智坊云杉禾木弈林朗润晨汐悦芽栖木澄心聆溪拾光麦田半亩问渠"
    "鹿鸣白鹭竹里微澜归源见山新东方学而优育才英才蓝天阳光小太阳红黄金色摇篮文澜状元艺海飞扬梦想卓越"
)
ENDINGS = ("", "", "", "有限公司", "有限责任公司", "(一分校)", "分公司")
STREETS = (
    "书院路", "环城东路", "南塘大街", "青柳巷", "石桥老街", "人民路", "解放路", "中山路", "文澜路",
    "滨江大道", "建设街", "新华路", "学府路", "和平里", "健康路",
)  # fmt: skip
TOWNS_A_COUNTY = 12
# Of a hundred: how many have another name, had another, have a licence, and have closed.
WITH_ALIAS, RENAMED, LICENSED, CLOSED = 10, 5, 80, 30
AT_ONCE = 5000


def build(institutions: int = INSTITUTIONS, counties: int = COUNTIES) -> None:
    """Fill the present database."""
    with database.transaction() as session:
        ground = list(_counties(counties))
        session.execute(sa.insert(Division), [dict(row) for row in _divisions(ground)])
        keys = dict(session.execute(sa.select(Division.code, Division.id)).all())
        session.execute(sa.insert(Authority), [_authority(one, keys) for one in ground])
        owners = dict(session.execute(sa.select(Authority.code, Authority.id)).all())
        at = database.instant(session)
        rows = rows_of(ground, keys, owners, institutions, at=at)
        while some := list(itertools.islice(rows, AT_ONCE)):
            for model, position in ((Institution, 0), (Venue, 1), (Licence, 2)):
                session.execute(
                    sa.insert(model), [row[position] for row in some if row[position] is not None]
                )


class _County:
    def __init__(self, number: int, province: int, name: str) -> None:
        self.province, self.name = PROVINCES[province], name
        self.code = f"{10 + province}{number // 100 % 90 + 10:02}{number % 100:02}"
        self.above = f"{10 + province}/{self.code[:4]}/"
        self.path = f"{self.above}{self.code}/"


def _counties(count: int) -> Iterator[_County]:
    random = Random(7)
    for number in range(count):
        name = "".join(random.sample(COUNTY_CHARACTERS, 2)) + random.choice("县县区市")
        yield _County(number, number * len(PROVINCES) // count, name)


def _divisions(counties: list[_County]) -> Iterator[dict[str, Any]]:
    known: set[str] = set()
    for county in counties:
        province, prefecture = county.above.strip("/").split("/")
        for code, name, level, path in (
            (province, county.province, DivisionLevel.PROVINCE, f"{province}/"),
            (prefecture, f"{prefecture}市", DivisionLevel.PREFECTURE, county.above),
            (county.code, county.name, DivisionLevel.COUNTY, county.path),
        ):
            if code not in known:
                known.add(code)
                yield {"code": code, "name": name, "level": level, "path": path}


def _authority(county: _County, keys: dict[str, int]) -> dict[str, Any]:
    name = f"{county.name}教育局"
    return {
        "code": county.code, "name": name, "short_name": county.name[:1] + "教",
        "division_id": keys[county.code], "version": 1,
    }  # fmt: skip


def rows_of(
    counties: list[_County],
    keys: dict[str, int],
    owners: dict[str, int],
    count: int,
    *,
    at: Any = None,
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]]:
    """An institution, its venue, its licence if it has one: the values of their rows."""
    random, number = Random(11), 0
    for order, county in enumerate(counties):
        share = count // len(counties) + (order < count % len(counties))
        for _ in range(share):
            number += 1
            yield _row(county, keys, owners, number, random, at)


def _row(
    county: _County,
    keys: dict[str, int],
    owners: dict[str, int],
    number: int,
    random: Random,
    at: Any,
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]:
    kind = random.choice(places.MIX)
    brand = "".join(random.sample(BRAND_CHARACTERS, random.choice((2, 2, 2, 3))))
    word = random.choice(places.KIND_WORDS[kind])
    heads = (county.name, county.name, county.name[:2], county.province, "")
    name = random.choice(heads) + brand + word + random.choice(ENDINGS)
    aliases = [brand + word] if random.randrange(100) < WITH_ALIAS else []
    # Not by chance, so that the rest stays as it was.
    former = f"{brand[::-1]}{word}学校" if number % 100 < RENAMED else ""
    others = [*aliases, former] if former else aliases
    licensed, closed = random.randrange(100) < LICENSED, random.randrange(100) < CLOSED
    uscc = make_uscc(f"91{county.code}MA{number:07}") if licensed else None
    paper = f"1{county.code}7{random.randrange(10**7):07}" if licensed else None
    town = "".join(random.sample(COUNTY_CHARACTERS, 2)) + random.choice(("街道", "镇"))
    address = (
        f"{county.province}{county.name}{town}{random.choice(STREETS)}{random.randrange(1, 999)}号"
        f"{random.randrange(1, 30)}栋{random.randrange(100, 999)}室"
    )
    # Nobody's number: no operator has given out 199 0.
    phone = f"1990{number:07}"
    institution = {
        "id": number,
        "authority_id": owners.get(county.code),
        "division_id": keys.get(county.code),
        "division_path": f"{county.path}{county.code}{number % TOWNS_A_COUNTY:03}/",
        "name": name,
        "aliases": aliases,
        "former_names": [{"name": former, "until": "2022-06-30"}] if former else [],
        "match_name": naming.match_name(name),
        "search_text": naming.search_text(name, others, [address, uscc, paper]),
        "search_phone": naming.search_phone(phone),
        "sort_key": naming.sort_key(name),
        "kind_code": kind,
        "uscc": uscc,
        "phone": phone,
        "state": "closed" if closed else "operating",
        "closed_on": clock.today() if closed else None,
        "entered_at": at,
        "version": 1,
    }
    venue = {"institution_id": number, "address": address}
    licence = {"institution_id": number, "type": "school", "number": paper, "version": 1}
    return institution, venue, licence if paper else None
