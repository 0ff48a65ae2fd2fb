"""What stands on the paper of an institution."""

from __future__ import annotations

from training_oversight.law.wording import Named
from training_oversight.registry.fields.field import Field, Header, Kind, Part, Published
from training_oversight.registry.models import LicenceType
from training_oversight.texts import Text

PAPERS = (
    Field(
        *("licence_type", Text("Licence"), Kind.CHOICE, Part.PAPER),
        header=Header(
            *(100, Named("许可证类型", "Licence type")),
            "许可证类型 证照类型 许可证种类 许可证类别 许可证名称",
        ),
        column="type",
        choices=LicenceType,
        required=Text("Choose the kind of paper."),
        unchosen=Text("Choose"),
    ),
    Field(
        *("licence_number", Text("Number of the paper"), Kind.LICENCE_NUMBER, Part.PAPER),
        header=Header(
            *(90, Named("办学许可证号", "Licence number")),
            "办学许可证号 许可证号 办学许可证编号 许可证编号 办学许可证 培训许可证号 "
            "办学许可证号码 许可证号码 办学许可证证号 许可证编码 办学许可号 "
            "民办学校办学许可证号 办学许可证编码 许可证书编号 培训许可证编号 办学证号 "
            "许可证证号",
        ),
        column="number",
        published=Published(80, "办学许可证号"),
        found=lambda number: Text("Licence number %(number)s", number=number),
    ),
    Field(
        *("licence_issuer", Text("Issued by"), Kind.BODY, Part.PAPER),
        header=Header(
            *(110, Named("发证机关", "Issued by")),
            "发证机关 发证单位 审批机关 许可机关 审批单位 审批部门 批准机关 发证部门 "
            "许可证发证机关 许可机关名称 颁证机关 发证机构",
        ),
        column="issuer",
        published=Published(90, "发证机关"),
    ),
    Field(
        *("licence_scope", Text("Licensed scope"), Kind.TEXT, Part.PAPER),
        column="scope",
    ),
    Field(
        *("licence_issued_on", Text("Issued on"), Kind.DAY, Part.PAPER),
        header=Header(
            *(120, Named("发证日期", "Licence issued on")),
            "发证日期 发证时间 颁证日期 批准日期 许可证发证日期 颁证时间 批准时间 审批时间 "
            "审批日期 许可日期 办学许可证发证日期 批准设立时间",
        ),
        column="issued_on",
    ),
    Field(
        *("licence_valid_from", Text("Valid from"), Kind.DAY, Part.PAPER),
        header=Header(
            *(130, Named("许可证有效期起", "Licence valid from")),
            "许可证有效期起 有效期起 有效期自 有效期开始 许可证起始日期 有效期起始 有效期开始日期 "
            "有效期限起 有效期限自 有效期始 有效期从 有效期起始日期 有效期起始时间 有效期开始时间 "
            "有效期生效日期 有效起始日期 有效期限开始 有效期限起始日期 许可证有效期自 "
            "许可证有效期起始日期 许可证有效期开始日期 许可证生效日期 有效日期起",
        ),
        column="valid_from",
    ),
    Field(
        *("licence_until", Text("Valid until"), Kind.LAST_DAY, Part.PAPER),
        header=Header(
            *(140, Named("许可证有效期至", "Licence valid until")),
            "许可证有效期至 有效期至 办学许可证有效期至 有效期截止 许可证有效期 证照有效期 "
            "到期日期 有效期限 有效期 许可证到期时间 许可证到期日 许可证到期日期 到期时间 "
            "办学许可证有效期 有效日期 有效期限至 有效截止日期 许可期限 "
            "有效期限止 有效期止 有效期到 有效期终止 有效期结束 有效期限终止 有效期限截止 "
            "有效期截止日期 有效期截止时间 有效期终止日期 有效期结束日期 有效期结束时间 "
            "有效期限截止日期 有效期失效日期 许可证有效期止 许可证有效期截止日期 许可证截止日期 "
            "许可证失效日期 有效日期止 有效日期至",
        ),
        column="valid_until",
        begins="licence_valid_from",
        hint=Text("Empty for papers without an end."),
    ),
    Field(
        *("exception_reason", Text("Why this permit exists"), Kind.TEXT, Part.PAPER),
        header=Header(
            *(170, Named("新批原因", "Why newly approved")), "新批原因 新批理由 例外原因"
        ),
        hint=Text(
            "Only for school permits of subject institutions issued after 2021, which are no "
            "longer approved."
        ),
        required_at_times=True,
        lines=2,
    ),
)
