"""The reports of a campaign as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO

from training_oversight.campaigns.models import CampaignReport
from training_oversight.campaigns.queries import reports
from training_oversight.spreadsheets import write
from training_oversight.texts import Language, rendered, speaking

COLUMNS: tuple[tuple[str, Callable[[CampaignReport], object]], ...] = (
    ("报送单位", lambda one: one.reporter),
    ("类别", lambda one: rendered(one.reporter_kind)),
    ("应报日期", lambda one: one.due_on),
    ("状态", lambda one: rendered(one.state)),
    ("报送日期", lambda one: one.reported_on),
    ("报送人", lambda one: one.reported_by_name),
    ("报送内容", lambda one: one.content),
    ("退回原因", lambda one: one.returned_note),
)
LATE = "逾期天数"


def workbook(rows: Iterable[CampaignReport], today: date) -> BytesIO:
    """Tables are Chinese, whatever the language of who takes them out."""
    file = BytesIO()
    with speaking(Language.CHINESE):
        write(
            file,
            [*(name for name, _value in COLUMNS), LATE],
            ([*(value(one) for _name, value in COLUMNS), _late(one, today)] for one in rows),
            title="报送情况",
        )
    file.seek(0)
    return file


def _late(report: CampaignReport, today: date) -> int | None:
    return (today - report.due_on).days if reports.is_late(report, today) else None
