"""The invented county at work: its people, and each step as the services take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from random import Random

import sqlalchemy as sa

from training_oversight import clock, law
from training_oversight.accounts.models import Authority, Department, Division, Officer
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Checklist, CloseReason, NoticeType, ViolationType
from training_oversight.complaints.models import Complaint
from training_oversight.database import current_session, transaction
from training_oversight.demo import evidence
from training_oversight.demo.facts import FACTS
from training_oversight.enforcement.models import JointCase
from training_oversight.enforcement.workflow import CaseState
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Answer, Approval, Finding, Visit, VisitKind
from training_oversight.inspections.service import FindingDraft, Handling, VisitDraft
from training_oversight.ledger import service as ledger
from training_oversight.ledger.models import (
    LimitBasis,
    RectificationItem,
    Verdict,
    VerificationMode,
)
from training_oversight.notices import service as notices
from training_oversight.notices.models import Notice, ServiceMethod
from training_oversight.registry.models import Institution, PositionSource
from training_oversight.rewards.models import Reward


@dataclass
class World:
    """One invented county while its history is being made."""

    authority: Authority
    townships: list[Division]
    departments: dict[str, Department]
    officers: dict[str, Officer]
    random: Random
    calendar: law.WorkingCalendar
    institutions: list[Institution] = field(default_factory=list)
    # By the place that they are about.
    complaints: dict[int, Complaint] = field(default_factory=dict)
    rewards: dict[int, Reward] = field(default_factory=dict)

    # Whoever holds a role at the beginning holds it to the end of the history.
    @cached_property
    def inspectors(self) -> list[Officer]:
        return [o for o in self.officers.values() if o.roles == {Role.INSPECTOR}]

    @cached_property
    def head(self) -> Officer:
        return next(o for o in self.officers.values() if Role.SECTION_HEAD in o.roles)

    def pair(self, first: Officer | None = None) -> list[Officer]:
        pair = self.random.sample(self.inspectors, 2)
        return pair if first is None or first in pair else [first, pair[0]]

    def other_than(self, *officers: Officer | None) -> Officer:
        """An inspector who is none of these: the one who may verify."""
        parties = {officer.id for officer in officers if officer}
        return next(one for one in self.inspectors if one.id not in parties)

    def violation_type(self, code: str) -> ViolationType:
        return catalogue.entry(
            current_session(),
            ViolationType,
            code,
            authority_id=self.authority.id,
            today=clock.today(),
        )

    def close_reason(self, code: str) -> CloseReason:
        return catalogue.entry(
            current_session(),
            CloseReason,
            code,
            authority_id=self.authority.id,
            today=clock.today(),
        )

    def checklist(self, place: Institution) -> Checklist | None:
        return catalogue.fitting_checklist(
            current_session(),
            place.kind_code,
            authority_id=self.authority.id,
            today=clock.today(),
        )

    def visit(
        self,
        place: Institution,
        *codes: str,
        kind: VisitKind = VisitKind.ROUTINE,
        handling: Handling = Handling.LEDGER,
        note: str = "",
        first: Officer | None = None,
        approval: Approval = Approval.APPROVED,
    ) -> Visit:
        """A spot check of this morning that found these violations."""
        officers, checklist = self.pair(first), self.checklist(place)
        answers = {
            item["code"]: Answer.NO if item["violation_type"] in codes else Answer.YES
            for item in (checklist.items if checklist else ())
        }
        draft = VisitDraft(
            place=place,
            kind=kind,
            purpose="秋季学期日常检查" if kind is VisitKind.ROUTINE else "",
            happened_at=clock.now() - timedelta(hours=2),
            ended_at=clock.now() - timedelta(hours=1),
            officers=officers,
            approval=approval,
            approved_by_name=self.head.name if approval is Approval.APPROVED else None,
            approved_on=clock.today() if approval is Approval.APPROVED else None,
            position=evidence.near(place, self.random),
            position_accuracy=12,
            position_source=PositionSource.DEVICE,
            checklist=checklist,
            answers=answers,
            representative=place.responsible_person,
            representative_role="负责人",
            statement="情况属实，愿意整改。",
            findings=[self._finding(checklist, code, handling, note) for code in codes],
        )
        with transaction() as session:
            made = inspections.log_visit(session, draft=draft, by=officers[0], today=clock.today())
            evidence.of_visit(session, made, by=officers[0])
        return made

    def _finding(
        self, asked: Checklist | None, code: str, handling: Handling, note: str
    ) -> FindingDraft:
        kind = self.violation_type(code)
        facts = FACTS[code].format(n=self.random.randrange(3, 19))
        items = {i["violation_type"]: i["code"] for i in (asked.items if asked else ())}
        return FindingDraft(
            violation_type=kind, severity=kind.severity, facts=facts, handling=handling, note=note,
            checklist_item_code=items.get(code),
        )  # fmt: skip

    def register(
        self, visit: Visit, *, days_on_the_spot: int | None = None
    ) -> list[RectificationItem]:
        """Put what a visit found on the ledger."""
        return [
            self._register_one(finding, days_on_the_spot)
            for finding in visit.findings
            if finding.state == "pending"
        ]

    def _register_one(self, finding: Finding, days: int | None) -> RectificationItem:
        institution = finding.institution
        limit = None
        if days is not None:
            limit = ledger.PeriodLimit(
                law.Period(days, law.Unit.WORKING_DAYS), clock.today(), LimitBasis.ON_THE_SPOT
            )
        with transaction() as session:
            return ledger.register(
                session,
                finding,
                measure=finding.violation_type.measure,
                responsible_party=institution.name,
                responsible_person=institution.responsible_person or "",
                officer_in_charge=institution.officer_in_charge,
                limit=limit,
                by=self.inspectors[0],
                today=clock.today(),
                calendar=self.calendar,
            )

    def draft(self, items: Sequence[RectificationItem], type_code: str = "rectify") -> Notice:
        kind = catalogue.entry(
            current_session(),
            NoticeType,
            type_code,
            authority_id=self.authority.id,
            today=clock.today(),
        )
        with transaction() as session:
            return notices.draft(
                session,
                institution=items[0].institution,
                type=kind,
                items=items,
                by=self.random.choice(self.inspectors),
                today=clock.today(),
            )

    def submit(self, notice: Notice) -> None:
        with transaction() as session:
            notices.submit(session, notice, by=notice.drafted_by, today=clock.today())

    def approve(self, notice: Notice) -> None:
        with transaction() as session:
            notices.approve(
                session, notice, by=self.head, today=clock.today(), calendar=self.calendar
            )

    def serve(self, notice: Notice, method: ServiceMethod = ServiceMethod.DIRECT) -> None:
        pair = self.pair()
        attempt = notices.ServiceAttempt(
            method=method,
            attempted_at=clock.now(),
            place=notice.recipient_address,
            received_by=notice.recipient_person,
            receiver_role="负责人",
            witness="社区工作人员（示例）" if method is ServiceMethod.LEFT else "",
            detail="受送达人拒绝签收，由见证人签名" if method is ServiceMethod.LEFT else "",
            served_by="、".join(one.name for one in pair),
        )
        with transaction() as session:
            notices.serve(
                session,
                notice,
                attempt=attempt,
                by=pair[0],
                today=clock.today(),
                calendar=self.calendar,
            )

    def apply(self, item: RectificationItem) -> None:
        with transaction() as session:
            by = self.inspectors[0]
            made = ledger.apply(
                session,
                item,
                report="已按要求整改，附照片。",
                received_on=clock.today(),
                by=by,
                today=clock.today(),
                calendar=self.calendar,
            )
            evidence.of_report(session, item, made, by=by)

    def verify(self, item: RectificationItem, *, passed: bool = True) -> None:
        """A re-check on site by somebody who is not in charge of the rectification."""
        checker = self.other_than(item.officer_in_charge)
        visit = self.visit(item.institution, kind=VisitKind.RE_INSPECTION, first=checker)
        again = ledger.PeriodLimit(
            law.Period(7, law.Unit.WORKING_DAYS), clock.today(), LimitBasis.RE_CHECK
        )
        with transaction() as session:
            ledger.verify(
                session,
                item,
                recheck=ledger.Recheck(
                    VerificationMode.ON_SITE,
                    clock.today(),
                    "现场核对，已整改到位。" if passed else "仍有一处未整改。",
                    visit,
                ),
                verdict=Verdict.PASSED if passed else Verdict.FAILED,
                new_limit=None if passed else again,
                by=checker,
                today=clock.today(),
                calendar=self.calendar,
            )

    def close(self, item: RectificationItem, reason: str = "rectified") -> None:
        with transaction() as session:
            ledger.close(
                session,
                item,
                reason=self.close_reason(reason),
                note="",
                by=self.head,
                today=clock.today(),
            )

    def close_directly(self, item: RectificationItem, reason: str) -> None:
        recheck = ledger.Recheck(
            VerificationMode.DOCUMENTS, clock.today(), "已核对停办公告和退费清单。"
        )
        with transaction() as session:
            ledger.close_directly(
                session,
                item,
                reason=self.close_reason(reason),
                recheck=recheck,
                verified_by=self.other_than(item.officer_in_charge),
                by=self.head,
                today=clock.today(),
            )

    def live_case(self, place: Institution) -> JointCase | None:
        """The institution's case that is not concluded, if the job or a person opened one."""
        return (
            current_session()
            .scalars(
                sa.select(JointCase).where(
                    JointCase.institution_id == place.id, JointCase.state != CaseState.CONCLUDED
                )
            )
            .one_or_none()
        )
