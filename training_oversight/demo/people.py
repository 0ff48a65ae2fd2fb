"""Who works in the invented counties. No real county, office or person is meant."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.accounts.permissions import Role

# The same for everybody: the demo county holds nothing that is worth a secret.
PASSWORD = "demo-county"


@dataclass(frozen=True)
class DemoCounty:
    code: str
    name: str
    short_name: str
    hotline: str
    townships: tuple[str, ...]
    streets: tuple[str, ...]
    # South-west corner of the box in which its invented places lie.
    latitude: float
    longitude: float


@dataclass(frozen=True)
class DemoOfficer:
    username: str
    name: str
    roles: tuple[Role, ...]
    department: str = "education"
    county: int = 0

    @property
    def certified(self) -> bool:
        """Only these may inspect: the register gives them an enforcement certificate."""
        return Role.INSPECTOR in self.roles


COUNTIES = (
    DemoCounty(
        code="990101",
        name="云汀县",
        short_name="云教",
        hotline="0990-1230001",
        townships=("文澜街道", "南塘街道", "城东街道", "石桥镇", "柳渡镇", "上坪乡"),
        streets=("书院路", "环城东路", "南塘大街", "青柳巷", "石桥老街", "渡口路", "文澜路"),
        latitude=29.41,
        longitude=106.12,
    ),
    DemoCounty(
        code="990102",
        name="南屿县",
        short_name="南教",
        hotline="0990-1230002",
        townships=("屿前街道", "白沙镇", "望湖镇"),
        streets=("望湖路", "白沙中街", "屿前大道"),
        latitude=29.12,
        longitude=106.61,
    ),
)

OFFICERS = (
    DemoOfficer("zhoumin", "周敏", (Role.INSPECTOR,)),
    DemoOfficer("hexinran", "何欣然", (Role.INSPECTOR,)),
    DemoOfficer("chenliqun", "陈立群", (Role.INSPECTOR,)),
    DemoOfficer("luozhiyuan", "罗志远", (Role.SECTION_HEAD,)),
    DemoOfficer("tangruoxi", "唐若溪", (Role.SECTION_HEAD, Role.INSPECTOR)),
    DemoOfficer("shenyue", "沈悦", (Role.HOTLINE,)),
    DemoOfficer("fangning", "方宁", (Role.PUBLISHER,)),
    DemoOfficer("shaomingyuan", "邵明远", (Role.LEADER,)),
    DemoOfficer("suqing", "苏晴", (Role.OBSERVER,)),
    DemoOfficer("jiangfan", "江帆", (Role.ADMINISTRATOR,)),
    DemoOfficer("shichang", "石畅", (Role.LIAISON,), "market"),
    DemoOfficer("gongan", "龚安", (Role.LIAISON,), "police"),
    DemoOfficer("xiaofang", "肖舫", (Role.LIAISON,), "fire"),
    DemoOfficer("zhujian", "祝简", (Role.LIAISON,), "housing"),
    DemoOfficer("minzheng", "闵铮", (Role.LIAISON,), "civil_affairs"),
    DemoOfficer("duanyi", "段亦", (Role.INSPECTOR,), county=1),
    DemoOfficer("yuwenbo", "于文博", (Role.INSPECTOR,), county=1),
    DemoOfficer("helan", "贺岚", (Role.SECTION_HEAD,), county=1),
)

# What the sign-in page of the demo county offers.
SIGN_INS = tuple(
    (one.username, one.name, one.roles[0], COUNTIES[one.county].name)
    for one in OFFICERS
    if one.username not in {"hexinran", "xiaofang", "zhujian", "minzheng", "yuwenbo"}
)
