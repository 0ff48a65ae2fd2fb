"""The columns of a county's list: what they are called out there, and in our own file."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.law.wording import Named


@dataclass(frozen=True)
class Column:
    """``spellings`` in order of trust: of two columns of one field the first named is read."""

    field: str
    label: Named
    spellings: tuple[str, ...]


def _column(field: str, label: Named, chinese: str, *others: str) -> Column:
    """``chinese``: the spellings in order of trust, with spaces between them."""
    spellings = (*chinese.split(), label.chinese, label.english, *others)
    return Column(field, label, tuple(dict.fromkeys(spellings)))


# In the order in which the register is exported. The labels are no sentences of the catalogue:
# what goes out under them must be known again by them. The labels in both languages are spellings.
COLUMNS = (
    _column(
        "name",
        Named("机构名称", "Institution name"),
        "机构名称 培训机构名称 名称 单位名称 学校名称 机构全称 机构 培训机构全称 "
        "校外培训机构名称 校外培训机构 培训学校名称 企业名称 公司名称 场所名称 培训点名称 "
        "托管机构名称 办学机构名称 单位全称 机构名 学校全称 培训机构 学校(机构)名称 "
        "机构(学校)名称 单位(机构)名称 机构(单位)名称 办学单位名称 学校名称(全称) 被投诉单位名称 "
        "被投诉单位 被反映单位",
        "Name",
    ),
    _column(
        "aliases",
        Named("别名", "Other names"),
        "别名 俗称 简称 其他名称 对外名称 招牌名称 门头名称 机构简称",
    ),
    _column(
        "former_names",
        Named("曾用名", "Former names"),
        "曾用名 原名称 原机构名称 更名前名称 曾用名称 变更前名称",
    ),
    _column(
        "kind_code",
        Named("类别", "Kind"),
        "类别 机构类别 培训类别 类型 机构类型 培训类型 办学类别 培训机构类别 培训机构类型 "
        "办学类型 所属类别 行业类别 培训种类",
    ),
    _column(
        "division_id",
        Named("乡镇街道", "Township"),
        "乡镇街道 所属乡镇 所属街道 乡镇(街道) 镇街 所在乡镇 街道 乡镇 所属乡镇街道 行政区划 "
        "所属区域 所属镇街 所属乡镇(街道) 乡镇/街道 镇(街道) 镇(街) 街镇 所在街道 所在镇街 "
        "所属镇 属地 所属辖区 辖区 所在区域 行政区域 所属片区 乡(镇、街道) 所在乡镇街道",
    ),
    _column(
        "address",
        Named("地址", "Address"),
        "实际经营地址 办学地址 地址 详细地址 办学地点 经营地址 机构地址 办学场所地址 培训地址 "
        "培训地点 机构所在地 办学场所 经营场所 场所地址 实际办学地址 实际地址 现地址 校址 "
        "所在地址 具体地址 机构详细地址 经营场所地址",
    ),
    _column(
        "registered_address",
        Named("注册地址", "Registered address"),
        "注册地址 登记地址 登记住所 住所 注册住所 工商注册地址 营业执照地址 注册登记地址 法定住所",
    ),
    _column(
        "uscc",
        Named("统一社会信用代码", "Credit code"),
        "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一社会信用代码(或注册号) "
        "社会统一信用代码 统一信用代码号 营业执照统一社会信用代码 信用代码证号 统一代码 "
        "统一社会信用代码证号",
        "USCC",
    ),
    _column(
        "licence_number",
        Named("办学许可证号", "Licence number"),
        "办学许可证号 许可证号 办学许可证编号 许可证编号 办学许可证 培训许可证号 "
        "办学许可证号码 许可证号码 办学许可证证号 许可证编码 办学许可号 民办学校办学许可证号 "
        "办学许可证编码 许可证书编号 培训许可证编号 办学证号 许可证证号",
    ),
    _column(
        "licence_type",
        Named("许可证类型", "Licence type"),
        "许可证类型 证照类型 许可证种类 许可证类别 许可证名称",
    ),
    _column(
        "licence_issuer",
        Named("发证机关", "Issued by"),
        "发证机关 发证单位 审批机关 许可机关 审批单位 审批部门 批准机关 发证部门 "
        "许可证发证机关 许可机关名称 颁证机关",
    ),
    _column(
        "licence_issued_on",
        Named("发证日期", "Licence issued on"),
        "发证日期 发证时间 颁证日期 批准日期 许可证发证日期 颁证时间 批准时间 审批时间 "
        "审批日期 许可日期 办学许可证发证日期 批准设立时间",
    ),
    _column(
        "licence_valid_from",
        Named("许可证有效期起", "Licence valid from"),
        "许可证有效期起 有效期起 有效期自 有效期开始 许可证起始日期 有效期起始 有效期开始日期",
    ),
    _column(
        "licence_until",
        Named("许可证有效期至", "Licence valid until"),
        "许可证有效期至 有效期至 办学许可证有效期至 有效期截止 许可证有效期 证照有效期 "
        "到期日期 有效期限 有效期 许可证到期时间 许可证到期日 许可证到期日期 到期时间 "
        "办学许可证有效期 有效日期 有效期限至 有效截止日期 许可期限",
    ),
    _column(
        "legal_form",
        Named("机构性质", "Legal form"),
        "机构性质 组织形式 登记类型 法人类型 办学性质 法人性质 单位性质 登记性质 企业类型 "
        "法人登记类型 机构属性 营利性质 机构法人类型 办学属性",
    ),
    _column(
        "registered_with",
        Named("登记部门", "Registered with"),
        "登记部门 登记机关 登记管理机关 注册登记机关 注册登记部门 法人登记机关 登记主管部门",
    ),
    _column(
        "exception_reason",
        Named("新批原因", "Why newly approved"),
        "新批原因 新批理由 例外原因",
    ),
    _column(
        "stages",
        Named("学段", "Stages"),
        "学段 培训学段 招生对象 培训对象 办学层次 教学层次 服务对象 招生对象(学段) 学员学段 "
        "面向学段",
    ),
    _column(
        "mode",
        Named("培训方式", "Mode"),
        "培训方式 培训形式 办学形式 线上线下 办学方式 教学方式 教学形式 培训模式 线上/线下 "
        "线上或线下 办学模式",
    ),
    _column(
        "courses",
        Named("培训内容", "Courses"),
        "培训内容 培训项目 培训课程 办学内容 开设课程 培训科目 开设科目 培训课程名称 经营项目 "
        "课程内容 开设项目 教学内容 办学项目 培训项目名称 业务范围",
    ),
    _column(
        "responsible_person",
        Named("负责人", "Responsible person"),
        "负责人 负责人姓名 机构负责人 机构负责人姓名 实际负责人 主要负责人 联系人 联系人姓名 "
        "负责人(联系人) 经营者 管理人员 园长",
    ),
    _column(
        "legal_representative",
        Named("法定代表人", "Legal representative"),
        "法定代表人 法人 法人代表 法定代表人姓名 法定代表人(负责人) 法人姓名 企业法人 法人代表姓名",
    ),
    _column(
        "principal",
        Named("校长", "Principal"),
        "校长 校长姓名 校长(负责人) 执行校长",
    ),
    _column(
        "organiser",
        Named("举办者", "Organiser"),
        "举办者 举办人 举办单位 举办者名称 举办者姓名 投资人 举办者(单位) 出资人",
    ),
    _column(
        "phone",
        Named("联系电话", "Phone"),
        "联系电话 电话 联系方式 负责人电话 手机 手机号 手机号码 联系人电话 负责人联系电话 "
        "负责人联系方式 联系手机 电话号码 联系号码 手机电话 固定电话 办公电话 校长电话 "
        "法人电话 负责人手机 负责人手机号",
    ),
    _column(
        "pupils",
        Named("学员人数", "Pupils"),
        "学员人数 学生人数 在读人数 学生数 学员数 在校生数 在校学生数 在训学员数 在训人数 "
        "现有学员数 培训人数 学生总数 招生人数 在册学员数",
    ),
    _column(
        "staff",
        Named("从业人员数", "Staff"),
        "从业人员数 教职工人数 员工人数 从业人员 教师人数 教师数 教职工数 工作人员数 员工数 "
        "专兼职教师数 教职员工数 从业人数 教师总数 师资人数",
    ),
    _column(
        "premises",
        Named("场所性质", "Premises"),
        "场所性质 场所类型 房屋性质 用房性质 场地性质 办学场所性质 房屋用途 场所用途 房屋类型",
    ),
    _column(
        "tenure",
        Named("场所来源", "Held by"),
        "场所来源 房屋来源 场地来源 场所权属 房屋权属 场地权属 办学场所来源 房屋产权 场所产权",
    ),
    _column(
        "area",
        Named("建筑面积(平方米)", "Area (m²)"),
        "建筑面积 面积 场地面积 建筑面积(平方米) 建筑面积(㎡) 办学面积 场所面积 培训场所面积 "
        "使用面积 营业面积 房屋面积 办学场所面积 教学面积 经营面积 校舍面积",
    ),
    _column(
        "landlord",
        Named("房东", "Landlord"),
        "房东 产权人 出租人 房屋产权人 房屋出租人 业主 房主 产权所有人",
    ),
    _column(
        "lease_until",
        Named("租期至", "Lease until"),
        "租期至 租赁期至 租赁到期日 租赁截止日期 租约到期 租赁期限至 房屋租赁到期 租期到期 "
        "租赁到期时间",
    ),
    _column(
        "fund_bank",
        Named("资金监管银行", "Bank of the prepaid fund"),
        "资金监管银行 监管银行 预收费监管银行 预收费监管银行名称 资金托管银行 监管账户开户行 "
        "存管银行",
    ),
    _column(
        "fund_account",
        Named("资金监管账户", "Prepaid-fund account"),
        "资金监管账户 资金监管账号 监管账户 监管账号 资金托管账户 监管账户账号 预收费监管账户 "
        "预收费资金监管账户",
    ),
    _column(
        "platform_id",
        Named("全国平台编号", "National platform number"),
        "全国平台编号 全国平台机构编号 平台编号 平台机构编号 全国校外教育培训监管平台编号 "
        "监管平台编号",
    ),
    _column(
        "platform_entered_on",
        Named("全国平台录入日期", "Entered on the platform on"),
        "全国平台录入日期 平台录入日期 平台录入时间 录入平台时间",
    ),
    _column(
        "officer_in_charge_id",
        Named("监管责任人", "Officer in charge"),
        "监管责任人 包联责任人 包联人 责任人 监管人 包联干部 包保责任人 监管干部 责任督学 "
        "网格员 监管人员 监管责任人姓名 包联领导",
    ),
    _column(
        "latitude",
        Named("纬度", "Latitude"),
        "纬度",
    ),
    _column(
        "longitude",
        Named("经度", "Longitude"),
        "经度",
    ),
    _column(
        "note",
        Named("备注", "Remarks"),
        "备注 说明 备注说明 备考",
    ),
)
BY_FIELD = {column.field: column for column in COLUMNS}
FIELDS = {spelling: column.field for column in COLUMNS for spelling in column.spellings}
# What only our own file has.
STATE = Named("台账状态", "State on the register")
# Shown only to who may see personal data.
PROTECTED = frozenset({"phone", "landlord", "fund_account"})
