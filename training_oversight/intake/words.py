"""The words by which counties name what is a fixed choice here."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TypeVar, cast

from training_oversight import texts
from training_oversight.registry.models import (
    LegalForm,
    LicenceType,
    Mode,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.texts import LabelledEnum, Language

Choice = TypeVar("Choice", bound=LabelledEnum)

# Beside the labels of both languages and the stored values.
OTHER_WORDS: Mapping[LabelledEnum, tuple[str, ...]] = {
    LegalForm.COMPANY: ("公司", "营利性公司", "营利性", "企业", "有限公司", "有限责任公司"),
    LegalForm.NON_ENTERPRISE: (
        "民办非企业",
        "民办非企业单位",
        "民非",
        "非营利性",
        "社会服务机构",
    ),
    LegalForm.INDIVIDUAL: ("个体", "个体工商户", "个体户"),
    LegalForm.UNREGISTERED: ("未登记", "无证", "未注册"),
    Stage.PRESCHOOL: (
        "3-6岁",
        "3~6岁",
        "3—6岁",
        "3-6岁儿童",
        "学前",
        "学龄前",
        "学前儿童",
        "幼儿",
    ),
    Stage.PRIMARY: ("小学", "小学生", "小学段"),
    Stage.JUNIOR: ("初中", "初中生", "初中段"),
    Stage.SENIOR: ("高中", "高中生", "高中段"),
    Mode.OFFLINE: ("线下", "线下培训"),
    Mode.ONLINE: ("线上", "线上培训"),
    Mode.BOTH: ("线上线下", "线上+线下", "线上和线下", "线上与线下", "线上线下结合"),
    Premises.SHOP: ("商铺", "门面", "门店", "商业用房", "门面房"),
    Premises.OFFICE: ("写字楼", "办公楼", "商务楼", "办公用房"),
    Premises.DWELLING: ("住宅", "居民楼", "民房", "居民住宅", "小区住宅"),
    Premises.OTHER: ("其他",),
    Tenure.OWNED: ("自有", "自有产权", "自购", "自有房屋"),
    Tenure.RENTED: ("租赁", "租用", "承租", "租借"),
    Tenure.LENT: ("借用", "无偿使用", "无偿借用", "无偿提供"),
    LicenceType.SCHOOL: ("办学许可证", "民办学校办学许可证"),
    LicenceType.TRAINING: (
        "非学科类校外培训机构培训许可证",
        "非学科类培训许可证",
        "培训许可证",
        "意见书",
    ),
}
# Beside the names in the county's catalogue, for the kinds that are shipped with it.
KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "subject": (
        "学科",
        "学科培训",
        "文化课",
        "文化教育",
        "文化类",
        "学科类培训",
        "语文",
        "数学",
        "英语",
        "外语",
        "语数外",
    ),
    "sports": (
        "体育",
        "体育培训",
        "体育运动",
        "体育健身",
        "篮球",
        "足球",
        "羽毛球",
        "乒乓球",
        "游泳",
        "跆拳道",
        "武术",
    ),
    "arts": (
        "艺术",
        "文艺",
        "艺术类",
        "文化艺术类",
        "文化艺术培训",
        "美术",
        "音乐",
        "舞蹈",
        "书法",
        "绘画",
        "书画",
        "声乐",
        "器乐",
        "钢琴",
    ),
    "science": ("科技", "科技类", "科学", "科普", "编程", "机器人", "少儿编程", "科学技术"),
    "other": ("其他", "其他非学科类", "非学科其他"),
    "care": (
        "托管",
        "托管类",
        "托管机构",
        "托管班",
        "托管点",
        "托管服务",
        "课后托管",
        "校外托管",
        "午托",
        "晚托",
        "午晚托",
        "小饭桌",
    ),
}
# What a longer description contains, the surest first: 有限责任公司(自然人独资), 小学初中.
CONTAINED: Mapping[LabelledEnum, tuple[str, ...]] = {
    LegalForm.NON_ENTERPRISE: ("民办非企业", "民非"),
    LegalForm.INDIVIDUAL: ("个体",),
    LegalForm.COMPANY: ("有限公司", "有限责任公司", "企业法人", "公司"),
    Stage.PRESCHOOL: ("学前", "幼儿", "3-6岁", "3~6岁", "学龄前"),
    Stage.PRIMARY: ("小学",),
    Stage.JUNIOR: ("初中",),
    Stage.SENIOR: ("高中",),
}
# One word of a county's list that means several stages.
WIDE_STAGES: Mapping[str, tuple[Stage, ...]] = {
    "义务教育": (Stage.PRIMARY, Stage.JUNIOR),
    "义务教育阶段": (Stage.PRIMARY, Stage.JUNIOR),
    "中小学阶段": (Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR),
    "中小学": (Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR),
    "中小学生": (Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR),
    "中学": (Stage.JUNIOR, Stage.SENIOR),
}


def folded(word: str) -> str:
    """A word without width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", word).split()).casefold()


@functools.cache
def meanings(choices: type[LabelledEnum]) -> dict[str, LabelledEnum]:
    """Every word for every choice."""
    chinese = texts.catalogue(Language.CHINESE)
    found = {}
    for choice in choices:
        message = choice.label.message
        own = (choice.value, message, chinese.gettext(message))
        found.update({folded(word): choice for word in (*own, *OTHER_WORDS.get(choice, ()))})
    return found


def named(choices: type[Choice], word: str) -> Choice | None:
    """The choice that a county means by ``word``."""
    spelt = folded(word)
    found = meanings(choices).get(spelt) or next(_contained(choices, spelt), None)
    return cast(Choice | None, found)


def named_stages(word: str) -> tuple[Stage, ...]:
    """The stages that one word means; none if nobody knows it."""
    spelt = folded(word)
    wide = WIDE_STAGES.get(spelt)
    if wide is not None:
        return wide
    one = meanings(Stage).get(spelt)
    return (cast(Stage, one),) if one is not None else tuple(_contained(Stage, spelt))


def _contained(choices: type[Choice], word: str) -> Iterator[Choice]:
    for choice, parts in CONTAINED.items():
        if isinstance(choice, choices) and any(part in word for part in parts):
            yield choice
