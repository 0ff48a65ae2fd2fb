"""Where an institution teaches."""

from __future__ import annotations

from training_oversight.law.wording import Named
from training_oversight.registry.fields.field import Field, Header, Kind, Part, Published
from training_oversight.registry.models import Premises, Tenure
from training_oversight.texts import Text

PLACES = (
    Field(
        *("address", Text("Address of the venue"), Kind.ADDRESS, Part.TEACHES),
        header=Header(
            *(60, Named("地址", "Address")),
            "实际经营地址 办学地址 地址 详细地址 办学地点 经营地址 机构地址 办学场所地址 "
            "培训地址 培训地点 机构所在地 办学场所 经营场所 场所地址 实际办学地址 实际地址 "
            "现地址 校址 所在地址 具体地址 机构详细地址 经营场所地址 "
            "学校地址 教学点地址 办学点地址 教学地址 教学地点",
            ("addr",),
        ),
        published=Published(40, "实际经营地址"),
        found=lambda address: Text("Address: %(address)s", address=address),
        nothing="",
    ),
    Field(
        *("premises", Text("Premises"), Kind.CHOICE, Part.TEACHES),
        header=Header(
            *(280, Named("场所性质", "Premises")),
            "场所性质 场所类型 房屋性质 用房性质 场地性质 办学场所性质 房屋用途 场所用途 房屋类型",
        ),
        choices=Premises,
        hint=Text("A dwelling is never entered without consent."),
    ),
    Field(
        *("area", Text("Area in square metres"), Kind.AREA, Part.TEACHES),
        header=Header(
            *(300, Named("建筑面积(平方米)", "Area (m²)")),
            "建筑面积 面积 场地面积 建筑面积(平方米) 建筑面积(㎡) 办学面积 场所面积 "
            "培训场所面积 使用面积 营业面积 房屋面积 办学场所面积 教学面积 经营面积 校舍面积",
        ),
        published=Published(130, "建筑面积"),
    ),
    Field(
        *("tenure", Text("Owned or rented"), Kind.CHOICE, Part.TEACHES),
        header=Header(
            *(290, Named("场所来源", "Held by")),
            "场所来源 房屋来源 场地来源 场所权属 房屋权属 场地权属 办学场所来源 房屋产权 场所产权",
        ),
        choices=Tenure,
    ),
    Field(
        *("landlord", Text("Owner or landlord"), Kind.PERSON, Part.TEACHES),
        header=Header(
            *(310, Named("房东", "Landlord")),
            "房东 产权人 出租人 房屋产权人 房屋出租人 业主 房主 产权所有人",
        ),
        protected=True,
    ),
    Field(
        *("lease_until", Text("Lease until"), Kind.LAST_DAY, Part.TEACHES),
        header=Header(
            *(320, Named("租期至", "Lease until")),
            "租期至 租赁期至 租赁到期日 租赁截止日期 租约到期 租赁期限至 房屋租赁到期 租期到期 "
            "租赁到期时间",
        ),
    ),
    Field(
        *("latitude", Text("Latitude"), Kind.LATITUDE, Part.TEACHES),
        header=Header(*(380, Named("纬度", "Latitude")), "纬度"),
    ),
    Field(
        *("longitude", Text("Longitude"), Kind.LONGITUDE, Part.TEACHES),
        header=Header(*(390, Named("经度", "Longitude")), "经度"),
    ),
)
