"""The columns of a county's list: what they are called out there, and in our own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training_oversight.law.wording import Named


@dataclass(frozen=True)
class Column:
    """``spellings`` in order of trust: of two columns of one field the first named is read."""

    field: str
    label: Named
    spellings: tuple[str, ...]


# In the order in which the register is exported. The labels are no sentences of the catalogue:
# what goes out under them must be known again by them. The labels in both languages are spellings.
COLUMNS = (
    Column(
        "name",
        Named("机构名称", "Institution name"),
        (
            "机构名称",
            "培训机构名称",
            "名称",
            "单位名称",
            "学校名称",
            "机构全称",
            "机构",
            "Institution name",
            "Name",
        ),
    ),
    Column("aliases", Named("别名", "Other names"), ("别名", "俗称", "简称", "Other names")),
    Column(
        "former_names",
        Named("曾用名", "Former names"),
        ("曾用名", "原名称", "原机构名称", "更名前名称", "Former names"),
    ),
    Column(
        "kind_code",
        Named("类别", "Kind"),
        ("类别", "机构类别", "培训类别", "类型", "机构类型", "培训类型", "Kind"),
    ),
    Column(
        "division_id",
        Named("乡镇街道", "Township"),
        (
            "乡镇街道",
            "所属乡镇",
            "所属街道",
            "乡镇(街道)",
            "镇街",
            "所在乡镇",
            "街道",
            "乡镇",
            "所属乡镇街道",
            "行政区划",
            "所属区域",
            "Township",
        ),
    ),
    Column(
        "address",
        Named("地址", "Address"),
        (
            "实际经营地址",
            "办学地址",
            "地址",
            "详细地址",
            "办学地点",
            "经营地址",
            "机构地址",
            "Address",
        ),
    ),
    Column(
        "registered_address",
        Named("注册地址", "Registered address"),
        ("注册地址", "登记地址", "登记住所", "住所", "注册住所", "Registered address"),
    ),
    Column(
        "uscc",
        Named("统一社会信用代码", "Credit code"),
        ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "Credit code", "USCC"),
    ),
    Column(
        "licence_number",
        Named("办学许可证号", "Licence number"),
        (
            "办学许可证号",
            "许可证号",
            "办学许可证编号",
            "许可证编号",
            "办学许可证",
            "培训许可证号",
            "办学许可证号码",
            "许可证号码",
            "Licence number",
        ),
    ),
    Column(
        "licence_type",
        Named("许可证类型", "Licence type"),
        ("许可证类型", "证照类型", "Licence type"),
    ),
    Column(
        "licence_issuer",
        Named("发证机关", "Issued by"),
        ("发证机关", "发证单位", "审批机关", "许可机关", "Issued by"),
    ),
    Column(
        "licence_issued_on",
        Named("发证日期", "Licence issued on"),
        ("发证日期", "发证时间", "颁证日期", "批准日期", "Licence issued on"),
    ),
    Column(
        "licence_valid_from",
        Named("许可证有效期起", "Licence valid from"),
        ("许可证有效期起", "有效期起", "有效期自", "有效期开始", "Licence valid from"),
    ),
    Column(
        "licence_until",
        Named("许可证有效期至", "Licence valid until"),
        (
            "许可证有效期至",
            "有效期至",
            "办学许可证有效期至",
            "有效期截止",
            "许可证有效期",
            "证照有效期",
            "到期日期",
            "Licence valid until",
        ),
    ),
    Column(
        "legal_form",
        Named("机构性质", "Legal form"),
        ("机构性质", "组织形式", "登记类型", "法人类型", "办学性质", "Legal form"),
    ),
    Column(
        "registered_with",
        Named("登记部门", "Registered with"),
        ("登记部门", "登记机关", "登记管理机关", "注册登记机关", "Registered with"),
    ),
    Column(
        "exception_reason",
        Named("新批原因", "Why newly approved"),
        ("新批原因", "新批理由", "例外原因", "Why newly approved"),
    ),
    Column("stages", Named("学段", "Stages"), ("学段", "培训学段", "招生对象", "Stages")),
    Column(
        "mode", Named("培训方式", "Mode"), ("培训方式", "培训形式", "办学形式", "线上线下", "Mode")
    ),
    Column(
        "courses",
        Named("培训内容", "Courses"),
        ("培训内容", "培训项目", "培训课程", "办学内容", "开设课程", "Courses"),
    ),
    Column(
        "responsible_person",
        Named("负责人", "Responsible person"),
        ("负责人", "负责人姓名", "机构负责人", "Responsible person"),
    ),
    Column(
        "legal_representative",
        Named("法定代表人", "Legal representative"),
        ("法定代表人", "法人", "法人代表", "法定代表人姓名", "Legal representative"),
    ),
    Column("principal", Named("校长", "Principal"), ("校长", "校长姓名", "Principal")),
    Column("organiser", Named("举办者", "Organiser"), ("举办者", "举办人", "Organiser")),
    Column(
        "phone",
        Named("联系电话", "Phone"),
        ("联系电话", "电话", "联系方式", "负责人电话", "手机", "手机号", "手机号码", "Phone"),
    ),
    Column(
        "pupils",
        Named("学员人数", "Pupils"),
        ("学员人数", "学生人数", "在读人数", "学生数", "Pupils"),
    ),
    Column(
        "staff",
        Named("从业人员数", "Staff"),
        ("从业人员数", "教职工人数", "员工人数", "从业人员", "教师人数", "Staff"),
    ),
    Column(
        "premises", Named("场所性质", "Premises"), ("场所性质", "场所类型", "房屋性质", "Premises")
    ),
    Column(
        "tenure",
        Named("场所来源", "Held by"),
        ("场所来源", "房屋来源", "场地来源", "场所权属", "房屋权属", "Held by"),
    ),
    Column(
        "area",
        Named("建筑面积(平方米)", "Area (m²)"),
        ("建筑面积", "面积", "场地面积", "建筑面积(平方米)", "建筑面积(㎡)", "Area (m²)"),
    ),
    Column(
        "landlord",
        Named("房东", "Landlord"),
        ("房东", "产权人", "出租人", "房屋产权人", "Landlord"),
    ),
    Column(
        "lease_until",
        Named("租期至", "Lease until"),
        ("租期至", "租赁期至", "租赁到期日", "租赁截止日期", "租约到期", "Lease until"),
    ),
    Column(
        "fund_bank",
        Named("资金监管银行", "Bank of the prepaid fund"),
        ("资金监管银行", "监管银行", "预收费监管银行", "Bank of the prepaid fund"),
    ),
    Column(
        "fund_account",
        Named("资金监管账户", "Prepaid-fund account"),
        ("资金监管账户", "资金监管账号", "监管账户", "监管账号", "Prepaid-fund account"),
    ),
    Column(
        "platform_id",
        Named("全国平台编号", "National platform number"),
        ("全国平台编号", "全国平台机构编号", "平台编号", "National platform number"),
    ),
    Column(
        "platform_entered_on",
        Named("全国平台录入日期", "Entered on the platform on"),
        ("全国平台录入日期", "平台录入日期", "平台录入时间", "Entered on the platform on"),
    ),
    Column(
        "officer_in_charge_id",
        Named("监管责任人", "Officer in charge"),
        ("监管责任人", "包联责任人", "包联人", "责任人", "监管人", "Officer in charge"),
    ),
    Column("latitude", Named("纬度", "Latitude"), ("纬度", "Latitude")),
    Column("longitude", Named("经度", "Longitude"), ("经度", "Longitude")),
    Column("note", Named("备注", "Remarks"), ("备注", "说明", "Remarks")),
)
BY_FIELD = {column.field: column for column in COLUMNS}
FIELDS = {spelling: column.field for column in COLUMNS for spelling in column.spellings}
# What our own file of rejected rows adds, and the running number of every list.
REASON = Named("退回原因", "Why it was returned")
STATE = Named("台账状态", "State on the register")
SKIPPED = (REASON.chinese, REASON.english, STATE.chinese, STATE.english, "序号", "编号")
KNOWN = (*FIELDS, *SKIPPED)
# Shown only to who may see personal data.
PROTECTED = frozenset({"phone", "landlord", "fund_account"})


def places(header: Sequence[str]) -> dict[str, int]:
    """Field -> the column it is read from, the most trusted one of several."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        field = FIELDS.get(name)
        if field is None:
            continue
        before = found.get(field)
        if before is None or _trust(field, name) < _trust(field, header[before]):
            found[field] = place
    ours = STATE.chinese in header or STATE.english in header
    if "registered_address" in found and "address" not in found and not ours:
        # A county's list with one address means the place; our own file says which it means.
        found["address"] = found.pop("registered_address")
    return found


def unread(header: Sequence[str], unknown: Sequence[str]) -> list[str]:
    """The columns that nobody will read: unknown ones and doubles of a field."""
    used = set(places(header).values())
    doubles = [name for place, name in enumerate(header) if name in FIELDS and place not in used]
    return [*unknown, *doubles]


def _trust(field: str, name: str) -> int:
    return BY_FIELD[field].spellings.index(name)
