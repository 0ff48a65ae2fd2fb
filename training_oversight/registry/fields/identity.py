"""What an institution is, and where it is registered."""

from __future__ import annotations

from training_oversight.law.wording import Named
from training_oversight.registry.fields.field import (
    Field,
    Header,
    Joining,
    Kind,
    Part,
    Published,
    Together,
)
from training_oversight.registry.models import LegalForm, Mode, Stage
from training_oversight.texts import Text

PLATFORM = Together("platform", Text("Number on the national platform"))

IDENTITY = (
    Field(
        *("name", Text("Name"), Kind.NAME, Part.WHAT),
        header=Header(
            *(10, Named("机构名称", "Institution name")),
            "机构名称 培训机构名称 名称 单位名称 学校名称 机构全称 机构 培训机构全称 "
            "校外培训机构名称 校外培训机构 培训学校名称 企业名称 公司名称 场所名称 培训点名称 "
            "托管机构名称 办学机构名称 单位全称 机构名 学校全称 培训机构 学校(机构)名称 "
            "机构(学校)名称 单位(机构)名称 机构(单位)名称 办学单位名称 学校名称(全称) "
            "被投诉单位名称 被投诉单位 被反映单位 校名",
            ("Name",),
        ),
        published=Published(10, "名称"),
        required=Text("Enter the name."),
    ),
    Field(
        *("aliases", Text("Other names"), Kind.ALIASES, Part.WHAT),
        header=Header(
            *(20, Named("别名", "Other names")),
            "别名 俗称 简称 其他名称 对外名称 招牌名称 门头名称 机构简称",
        ),
        joining=Joining.UNITED,
        nothing=(),
        hint=Text("Several are separated by a comma."),
    ),
    Field(
        *("former_names", Text("Former names"), Kind.FORMER_NAMES, Part.WHAT),
        header=Header(
            *(30, Named("曾用名", "Former names")),
            "曾用名 原名称 原机构名称 更名前名称 曾用名称 变更前名称",
        ),
        joining=Joining.UNITED,
        nothing=(),
        hint=Text("Several are separated by a comma; the last day of each in brackets."),
    ),
    Field(
        *("kind_code", Text("Kind"), Kind.INSTITUTION_KIND, Part.WHAT),
        header=Header(
            *(40, Named("类别", "Kind")),
            "类别 机构类别 培训类别 类型 机构类型 培训类型 办学类别 培训机构类别 培训机构类型 "
            "办学类型 所属类别 行业类别 培训种类 学校类型 学校类别",
        ),
        published=Published(110, "培训类别"),
        needed=True,
    ),
    Field(
        *("legal_form", Text("Legal form"), Kind.CHOICE, Part.WHAT),
        header=Header(
            *(150, Named("机构性质", "Legal form")),
            "机构性质 组织形式 登记类型 法人类型 办学性质 法人性质 单位性质 登记性质 企业类型 "
            "法人登记类型 机构属性 营利性质 机构法人类型 办学属性",
        ),
        choices=LegalForm,
        needed=True,
    ),
    Field(
        *("stages", Text("Who is taught"), Kind.STAGES, Part.WHAT),
        header=Header(
            *(180, Named("学段", "Stages")),
            "学段 培训学段 招生对象 培训对象 办学层次 教学层次 服务对象 招生对象(学段) 学员学段 "
            "面向学段",
        ),
        choices=Stage,
        nothing=(),
        needed=True,
    ),
    Field(
        *("courses", Text("What is taught"), Kind.TEXT, Part.WHAT),
        header=Header(
            *(200, Named("培训内容", "Courses")),
            "培训内容 培训项目 培训课程 办学内容 开设课程 培训科目 开设科目 培训课程名称 "
            "经营项目 课程内容 开设项目 教学内容 办学项目 培训项目名称 业务范围",
        ),
        published=Published(120, "培训内容"),
        hint=Text("In its own words."),
    ),
    Field(
        *("mode", Text("Mode"), Kind.CHOICE, Part.WHAT),
        header=Header(
            *(190, Named("培训方式", "Mode")),
            "培训方式 培训形式 办学形式 线上线下 办学方式 教学方式 教学形式 培训模式 线上/线下 "
            "线上或线下 办学模式",
        ),
        choices=Mode,
        needed=True,
    ),
    Field(
        *("pupils", Text("Number of pupils"), Kind.COUNT, Part.WHAT),
        header=Header(
            *(260, Named("学员人数", "Pupils")),
            "学员人数 学生人数 在读人数 学生数 学员数 在校生数 在校学生数 在训学员数 在训人数 "
            "现有学员数 培训人数 学生总数 招生人数 在册学员数",
        ),
        needed=True,
    ),
    Field(
        *("staff", Text("Number of teachers"), Kind.COUNT, Part.WHAT),
        header=Header(
            *(270, Named("从业人员数", "Staff")),
            "从业人员数 教职工人数 员工人数 从业人员 教师人数 教师数 教职工数 工作人员数 员工数 "
            "专兼职教师数 教职员工数 从业人数 教师总数 师资人数",
        ),
        needed=True,
    ),
    Field(
        *("uscc", Text("Credit code"), Kind.CREDIT_CODE, Part.REGISTERED),
        header=Header(
            *(80, Named("统一社会信用代码", "Credit code")),
            "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一社会信用代码(或注册号) "
            "社会统一信用代码 统一信用代码号 营业执照统一社会信用代码 信用代码证号 统一代码 "
            "统一社会信用代码证号 持证主体代码",
            ("USCC",),
        ),
        published=Published(20, "统一社会信用代码"),
        found=lambda code: Text("Credit code %(code)s", code=code),
        needed=True,
        hint=Text("18 characters. Empty for places without papers."),
    ),
    Field(
        *("registered_with", Text("Registered with"), Kind.BODY, Part.REGISTERED),
        header=Header(
            *(160, Named("登记部门", "Registered with")),
            "登记部门 登记机关 登记管理机关 注册登记机关 注册登记部门 法人登记机关 登记主管部门 "
            "法人登记部门",
        ),
        published=Published(100, "登记部门"),
    ),
    Field(
        *("registered_address", Text("Registered address"), Kind.PLACE, Part.REGISTERED),
        header=Header(
            *(70, Named("注册地址", "Registered address")),
            "注册地址 登记地址 登记住所 住所 注册住所 工商注册地址 营业执照地址 注册登记地址 "
            "法定住所 注册校址",
        ),
        published=Published(30, "注册地址"),
        found=lambda address: Text("Address: %(address)s", address=address),
        hint=Text("If it is not the place where it teaches."),
    ),
    Field(
        *("platform_id", Text("Number on the national platform"), Kind.CODE, Part.REGISTERED),
        header=Header(
            *(350, Named("全国平台编号", "National platform number")),
            "全国平台编号 全国平台机构编号 平台编号 平台机构编号 全国校外教育培训监管平台编号 "
            "监管平台编号",
        ),
        together=PLATFORM,
        found=lambda number: Text("National platform number %(number)s", number=number),
        needed=True,
    ),
    Field(
        *("platform_entered_on", Text("Entered there on"), Kind.DAY, Part.REGISTERED),
        header=Header(
            *(360, Named("全国平台录入日期", "Entered on the platform on")),
            "全国平台录入日期 平台录入日期 平台录入时间 录入平台时间",
        ),
        together=PLATFORM,
    ),
)
