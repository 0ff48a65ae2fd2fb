"""Draw the state diagrams of the handbook from the tables of moves.

    python -m tools.diagrams          write them into docs/handbook/
    python -m tools.diagrams check    exit with 1 when a page is behind its table

Each page has a place for its diagram, between two comments that name the table.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from training_oversight.campaigns.workflow import CAMPAIGN_WORKFLOW, REPORT_WORKFLOW
from training_oversight.complaints.workflow import COMPLAINT_WORKFLOW
from training_oversight.correspondence.workflow import MESSAGE_WORKFLOW
from training_oversight.enforcement.workflow import CASE_WORKFLOW, TASK_WORKFLOW
from training_oversight.errands.workflow import ERRAND_WORKFLOW
from training_oversight.inspections.workflow import FINDING_WORKFLOW, VISIT_WORKFLOW
from training_oversight.intake.workflow import IMPORT_WORKFLOW
from training_oversight.leads.workflow import LEAD_WORKFLOW
from training_oversight.ledger.workflow import ITEM_WORKFLOW
from training_oversight.notices.workflow import NOTICE_WORKFLOW
from training_oversight.publication.workflow import PUBLICATION_WORKFLOW
from training_oversight.refunds.workflow import EVENT_WORKFLOW, REFUND_WORKFLOW
from training_oversight.registry.workflow import INSTITUTION_WORKFLOW
from training_oversight.rewards.workflow import REWARD_WORKFLOW
from training_oversight.workflow import Workflow

HANDBOOK = Path(__file__).parent.parent / "docs" / "handbook"
TABLES: dict[str, Workflow] = {
    "institution": INSTITUTION_WORKFLOW,
    "batch": IMPORT_WORKFLOW,
    "errand": ERRAND_WORKFLOW,
    "campaign": CAMPAIGN_WORKFLOW,
    "report": REPORT_WORKFLOW,
    "visit": VISIT_WORKFLOW,
    "finding": FINDING_WORKFLOW,
    "lead": LEAD_WORKFLOW,
    "item": ITEM_WORKFLOW,
    "notice": NOTICE_WORKFLOW,
    "case": CASE_WORKFLOW,
    "task": TASK_WORKFLOW,
    "refund": REFUND_WORKFLOW,
    "reward": REWARD_WORKFLOW,
    "event": EVENT_WORKFLOW,
    "complaint": COMPLAINT_WORKFLOW,
    "message": MESSAGE_WORKFLOW,
    "publication": PUBLICATION_WORKFLOW,
}
PLACE = re.compile(r"(<!-- states: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def diagram(table: Workflow) -> str:
    """The table as a Mermaid diagram, in the words of the screen."""
    lines = ["stateDiagram-v2", f"    [*] --> {table.initial.value}"]
    lines += [f"    {state.value}: {state.label}" for state in table.states]
    lines += [
        f"    {source.value} --> {move.target.value}: {move.label}"
        for move in table.moves
        for source in table.states
        if source in move.sources
    ]
    lines += [f"    {state.value} --> [*]" for state in table.states if state in table.ends]
    return "\n".join(["```mermaid", *lines, "```", ""])


def drawn(page: str) -> str:
    """The page with every diagram as its table says now."""
    return PLACE.sub(lambda found: found[1] + diagram(TABLES[found[2]]) + found[3], page)


def behind() -> list[str]:
    """Pages whose diagrams are not what the tables say, and tables without a page."""
    pages = {path.name: path.read_text(encoding="utf-8") for path in HANDBOOK.glob("*.md")}
    old = [name for name, text in pages.items() if drawn(text) != text]
    shown = {found[2] for text in pages.values() for found in PLACE.finditer(text)}
    return old + sorted(TABLES.keys() - shown)


def main() -> None:
    if sys.argv[1:] == ["check"]:
        found = behind()
        print("\n".join(found))
        sys.exit(bool(found))
    for path in HANDBOOK.glob("*.md"):
        path.write_text(drawn(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
