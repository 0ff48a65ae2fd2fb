"""Who runs an institution, and who supervises it."""

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
from training_oversight.texts import Text

FUND = Together("fund", Text("Supervised account for prepaid fees"))

PEOPLE = (
    Field(
        *("organiser", Text("Organiser"), Kind.PERSON, Part.RUN_BY),
        header=Header(
            *(240, Named("举办者", "Organiser")),
            "举办者 举办人 举办单位 举办者名称 举办者姓名 投资人 举办者(单位) 出资人",
        ),
        published=Published(70, "举办者"),
        needed=True,
        found=lambda name: Text("Organiser: %(name)s", name=name),
    ),
    Field(
        *("responsible_person", Text("Responsible person"), Kind.PERSON, Part.RUN_BY),
        header=Header(
            *(210, Named("负责人", "Responsible person")),
            "负责人 负责人姓名 机构负责人 机构负责人姓名 实际负责人 主要负责人 联系人 "
            "联系人姓名 负责人(联系人) 经营者 管理人员 园长",
        ),
        needed=True,
        found=lambda name: Text("Responsible person: %(name)s", name=name),
    ),
    Field(
        *("phone", Text("Telephone"), Kind.PHONE, Part.RUN_BY),
        header=Header(
            *(250, Named("联系电话", "Phone")),
            "联系电话 电话 联系方式 负责人电话 手机 手机号 手机号码 联系人电话 负责人联系电话 "
            "负责人联系方式 联系手机 电话号码 联系号码 手机电话 固定电话 办公电话 校长电话 "
            "法人电话 负责人手机 负责人手机号",
        ),
        protected=True,
        needed=True,
    ),
    Field(
        *("legal_representative", Text("Legal representative"), Kind.PERSON, Part.RUN_BY),
        header=Header(
            *(220, Named("法定代表人", "Legal representative")),
            "法定代表人 法人 法人代表 法定代表人姓名 法定代表人(负责人) 法人姓名 企业法人 "
            "法人代表姓名",
        ),
        published=Published(50, "法定代表人"),
        found=lambda name: Text("Legal representative: %(name)s", name=name),
    ),
    Field(
        *("principal", Text("Principal"), Kind.PERSON, Part.RUN_BY),
        header=Header(
            *(230, Named("校长", "Principal")),
            "校长 校长姓名 校长(负责人) 执行校长 校长(负责人)姓名",
        ),
        published=Published(60, "校长"),
        found=lambda name: Text("Principal: %(name)s", name=name),
    ),
    Field(
        *("fund_bank", Text("Bank of the prepaid-fund account"), Kind.BODY, Part.RUN_BY),
        header=Header(
            *(330, Named("资金监管银行", "Bank of the prepaid fund")),
            "资金监管银行 监管银行 预收费监管银行 预收费监管银行名称 资金托管银行 "
            "监管账户开户行 存管银行",
        ),
        together=FUND,
        needed=True,
    ),
    Field(
        *("fund_account", Text("Prepaid-fund account"), Kind.ACCOUNT, Part.RUN_BY),
        header=Header(
            *(340, Named("资金监管账户", "Prepaid-fund account")),
            "资金监管账户 资金监管账号 监管账户 监管账号 资金托管账户 监管账户账号 "
            "预收费监管账户 预收费资金监管账户",
        ),
        protected=True,
        together=FUND,
        needed=True,
        hint=Text("The supervised account for prepaid fees."),
    ),
    Field(
        *("division_id", Text("Township or street"), Kind.TOWNSHIP, Part.TEACHES),
        header=Header(
            *(50, Named("乡镇街道", "Township")),
            "乡镇街道 所属乡镇 所属街道 乡镇(街道) 镇街 所在乡镇 街道 乡镇 所属乡镇街道 "
            "行政区划 所属区域 所属镇街 所属乡镇(街道) 乡镇/街道 镇(街道) 镇(街) 街镇 所在街道 "
            "所在镇街 所属镇 属地 所属辖区 辖区 所在区域 行政区域 所属片区 乡(镇、街道) "
            "所在乡镇街道",
        ),
        together=Together("division", Text("Township or street")),
        needed=True,
        required=Text("Choose the township or street."),
        unchosen=Text("Choose"),
    ),
    Field(
        *("industry_department_id", Text("Industry department"), Kind.DEPARTMENT, Part.SUPERVISED),
        together=Together("department", Text("Industry department")),
        needed=True,
        unchosen=Text("As the kind says"),
    ),
    Field(
        *("officer_in_charge_id", Text("Officer in charge"), Kind.OFFICER, Part.SUPERVISED),
        header=Header(
            *(370, Named("监管责任人", "Officer in charge")),
            "监管责任人 包联责任人 包联人 责任人 监管人 包联干部 包保责任人 监管干部 责任督学 "
            "网格员 监管人员 监管责任人姓名 包联领导",
        ),
        needed=True,
        unchosen=Text("Nobody yet"),
    ),
    Field(
        *("note", Text("Note"), Kind.NOTE, Part.SUPERVISED),
        header=Header(*(400, Named("备注", "Remarks")), "备注 说明 备注说明 备考"),
        joining=Joining.UNITED,
        nothing="",
        lines=3,
    ),
)
