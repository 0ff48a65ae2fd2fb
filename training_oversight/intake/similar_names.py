"""Names of columns that nobody has listed, but that say what they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Of a term, how it begins and how it ends; 自有 and 从业 are no beginnings.
BEGINS = "起|始|自(?![有然主编愿筹行查])|从(?![业事])|生效|启用"
ENDS = "止|至|到|终|结束|届满|失效"
OF_A_TERM = "有效|期限|许可证|办学证|证照|证书"
SIMILAR: Sequence[tuple[str, re.Pattern[str]]] = [
    (field, re.compile(pattern))
    for field, pattern in (
        ("uscc", r"信用代码|信用编码|社会代码"),
        ("latitude", r"纬度|^lat(?:itude)?$"),
        ("longitude", r"经度|^(?:lng|lon|long|longitude)$"),
        ("phone", r"电话|手机|联系方式|联系号码|座机"),
        ("exception_reason", r"新批|例外"),
        # What ends a term never stands for what begins it; one column may hold both.
        ("licence_valid_from", rf"^(?!.*(?:{ENDS}))(?=.*(?:{OF_A_TERM})).*(?:{BEGINS})"),
        ("licence_until", rf"(?:{OF_A_TERM}).*(?:{ENDS})"),
        ("licence_issued_on", r"(?:发证|颁证|批准|审批|核发|许可).*(?:日期|时间)"),
        ("licence_until", r"有效期|到期|截止|期限"),
        ("licence_issuer", r"(?:发证|颁证|审批|批准|许可|核发).*(?:机关|单位|部门|机构)(?:名称)?$"),
        ("licence_type", r"(?:许可证|证照|证件|批文).*(?:类型|种类|类别|名称)"),
        ("licence_number", r"许可证|办学证|办证编号|批准文号|民办学校.*号"),
        ("officer_in_charge_id", r"(?:监管|包联|包保|网格|责任).*(?:人|员|领导|干部)"),
        ("area", r"面积"),
        ("pupils", r"(?:学员|学生|在读|在校|在训|招生).*(?:数|人数|规模)"),
        ("staff", r"(?:教职工|员工|从业|教师|师资|工作人员).*(?:数|人数|规模)"),
        ("stages", r"学段|招生对象|培训对象|年级|年龄段"),
        ("mode", r"线上|线下|培训(?:方式|形式|模式)|办学(?:方式|形式|模式)|教学(?:方式|形式)"),
        ("premises", r"(?:场所|场地|房屋|用房).*(?:性质|类型|类别|用途)"),
        ("landlord", r"房东|出租|产权"),
        ("legal_form", r"(?:机构|单位|法人|企业|登记|组织|办学|营利).*(?:性质|形式|属性)|营利"),
        ("organiser", r"举办|投资|开办|出资"),
        ("responsible_person", r"负责人|校长|法人|法定代表|园长|经营者|主管"),
        ("division_id", r"乡镇|镇街|街道|街镇|辖区|片区|属地|区域|镇\(|乡\("),
        ("address", r"地址|地点|住所|位置|校址"),
        ("platform_id", r"平台.*(?:编号|编码|号|ID|id)"),
        ("kind_code", r"类别|类型|种类|学科类|业态"),
        ("aliases", r"别名|曾用|俗称|简称|招牌|门头|挂牌名"),
        (
            "name",
            r"(?:机构|学校|单位|中心|培训|场所|企业|公司|门店|校区|点|班).*(?:名称|全称|名)$"
            r"|^名称|机构$",
        ),
        ("note", r"备注|说明|备考|其他情况|附注"),
    )
]  # fmt: skip
# A name that speaks of somebody or something else than the institution.
NOT_OURS = re.compile(
    r"主管部门|检查|问题|整改|处罚|投诉|收费|学费|填报|填表|审核人"
    r"|租|合同|协议|押金|消防|卫生|食品|营业执照|年检|账户|账号|开户"
)
# What stands there is a person's own: nobody guesses it to be anything of ours.
PERSONS_OWN = re.compile(r"身份证|证件号|护照|社保|银行卡")
# So far only a name says what a column is: one that is none, or that counts the columns.
SAYS_NOTHING = re.compile(
    r"|.|第?\d+列|列\d+|字段\d*|未命名\d*|无标题|(?:column|field|f|unnamed)[:_ ]*\d*"
)
