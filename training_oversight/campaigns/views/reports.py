"""Who must report: asked for, taken, returned, reminded of, taken out as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Department, Division
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.campaigns import next_steps, presenting, tables
from training_oversight.campaigns.forms import (
    AskForm,
    ConfirmForm,
    ReasonForm,
    ReturnForm,
    TakeForm,
    ZeroForm,
)
from training_oversight.campaigns.models import CampaignReport, ReporterKind
from training_oversight.campaigns.queries import reports
from training_oversight.campaigns.service import reports as reporting
from training_oversight.campaigns.service.reports import Reporter
from training_oversight.campaigns.views.blueprint import bp, form_for, loaded
from training_oversight.campaigns.workflow import ReportState, ReportVerb
from training_oversight.database import current_session
from training_oversight.texts import Counted, Text
from training_oversight.web import downloads
from training_oversight.web.choices import listed
from training_oversight.web.components import Tab, Words
from training_oversight.web.forms import OversightForm, given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_on

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
W, K = ReportVerb, ReporterKind
Form = TypeVar("Form", bound=OversightForm)


@bp.route("/<int:campaign_id>/reports", endpoint="reports")
@requires(Permission.VIEW_CAMPAIGNS)
def index(campaign_id: int) -> str:
    session, officer, today = current_session(), current_officer(), clock.today()
    campaign = loaded(campaign_id)
    every = reports.of_campaign(session, campaign.id)
    state = next((s for s in ReportState if s.value == request.args.get("state")), None)
    shown = [one for one in every if state is None or one.state is state]
    may = officer.may(Permission.PLAN_CAMPAIGN)

    def url(wanted: ReportState | None) -> str:
        return url_for(".reports", campaign_id=campaign.id, state=wanted and wanted.value)

    return render_template(
        "campaigns/reports.html",
        campaign=campaign,
        rows=shown,
        views=[
            Tab(Text("All reports"), url(None), len(every), state is None),
            *(
                Tab(one.label, url(one), sum(each.state is one for each in every), one is state)
                for one in ReportState
            ),
        ],
        moves={one.id: next_steps.report_moves(one, officer) if may else () for one in shown},
        awaited=sum(map(reports.is_awaited, every)),
        may_ask=may and campaign.state in reporting.ASKABLE,
        may_take_out=may,
        showing=presenting,
        today=today,
    )


@bp.route("/<int:campaign_id>/reminders")
@requires(Permission.VIEW_CAMPAIGNS)
def reminders(campaign_id: int) -> str:
    """Who still has to report, the longest late first: to be telephoned, or printed."""
    campaign, today = loaded(campaign_id), clock.today()
    every = reports.of_campaign(current_session(), campaign.id)
    return render_template(
        "campaigns/reminders.html",
        campaign=campaign,
        rows=[one for one in every if reports.is_awaited(one)],
        showing=presenting,
        today=today,
    )


@bp.route("/<int:campaign_id>/reports/ask", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def ask(campaign_id: int) -> ResponseReturnValue:
    session, officer, campaign = current_session(), current_officer(), loaded(campaign_id)
    form = form_for(AskForm, campaign)
    towns = accounts.townships(session, officer.scope)
    offices = accounts.departments(session, officer.authority_id)
    form.townships.choices = listed((one.id, one.name) for one in towns)
    form.departments.choices = listed((one.id, one.name) for one in offices)

    def act(session: Session) -> Done:
        count = reporting.ask(
            session,
            campaign,
            _reporters(form, towns, offices),
            due_on=given(form.due_on.data),
            by=officer,
            today=clock.today(),
        )
        said = Counted(
            "%(count)s report is asked for.", "%(count)s reports are asked for.", count=count
        )
        return Done(url_for(".reports", campaign_id=campaign.id), said)

    return answered(
        form, act, lambda: render_template("campaigns/ask.html", campaign=campaign, form=form)
    )


def _reporters(
    form: AskForm, towns: Iterable[Division], offices: Iterable[Department]
) -> list[Reporter]:
    schools = (form.schools.data or "").splitlines()
    return [
        *(Reporter(K.TOWNSHIP, one.name) for one in towns if one.id in form.townships.data),
        *(Reporter(K.DEPARTMENT, one.name) for one in offices if one.id in form.departments.data),
        *(Reporter(K.SCHOOL, name) for one in schools if (name := one.strip())),
    ]


def _report_step(
    report_id: int,
    kind: type[Form],
    verb: ReportVerb,
    act: Callable[[Session, CampaignReport, Form], None],
    **words: Words,
) -> ResponseReturnValue:
    report = reports.report(current_session(), current_officer(), report_id)
    campaign = report.campaign
    acting.opening(report, verb)
    form = form_for(kind, report)

    def done(session: Session) -> Done:
        act(session, report, form)
        return Done(
            url_for(".reports", campaign_id=campaign.id),
            Text("%(name)s: %(state)s.", name=report.reporter, state=report.state),
        )

    return answered_on(
        form,
        done,
        "campaigns/report_step.html",
        campaign=campaign,
        report=report,
        verb=verb.label,
        **words,
    )


@bp.route("/reports/<int:report_id>/take", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def take_report(report_id: int) -> ResponseReturnValue:
    def act(session: Session, report: CampaignReport, form: TakeForm) -> None:
        reporting.report(
            session,
            report,
            reported_on=given(form.reported_on.data),
            reported_by_name=form.reported_by_name.data,
            content=form.content.data,
            **acting.today(form),
        )

    return _report_step(
        report_id, TakeForm, W.REPORT, act,
        happens=Text("The report counts as come in; it can be returned."),
    )  # fmt: skip


@bp.route("/reports/<int:report_id>/zero", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def take_zero(report_id: int) -> ResponseReturnValue:
    def act(session: Session, report: CampaignReport, form: ZeroForm) -> None:
        reporting.report_nothing(
            session,
            report,
            reported_on=given(form.reported_on.data),
            reported_by_name=form.reported_by_name.data,
            **acting.today(form),
        )

    return _report_step(
        report_id, ZeroForm, W.ZERO, act,
        happens=Text("Somebody has said that there was nothing. Silence is no zero report."),
    )  # fmt: skip


@bp.route("/reports/<int:report_id>/return", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def return_report(report_id: int) -> ResponseReturnValue:
    def act(session: Session, report: CampaignReport, form: ReturnForm) -> None:
        reporting.return_(session, report, reason=form.reason.data, **acting.by(form))

    return _report_step(
        report_id, ReturnForm, W.RETURN, act,
        happens=Text("The report is owed again, by the same day."),
        stays=Text("What came in stays readable in the history."),
    )  # fmt: skip


@bp.route("/reports/<int:report_id>/waive", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def waive_report(report_id: int) -> ResponseReturnValue:
    def act(session: Session, report: CampaignReport, form: ReasonForm) -> None:
        reporting.waive(session, report, reason=form.reason.data, **acting.by(form))

    return _report_step(
        report_id, ReasonForm, W.WAIVE, act,
        happens=Text("Nobody waits for this report any more; it stands there with the reason."),
        danger=True,
    )  # fmt: skip


@bp.route("/reports/<int:report_id>")
@requires(Permission.VIEW_CAMPAIGNS)
def report(report_id: int) -> str:
    session, officer = current_session(), current_officer()
    one = reports.report(session, officer, report_id)
    return render_template(
        "campaigns/report.html",
        campaign=one.campaign,
        report=one,
        moves=next_steps.report_moves(one, officer),
        history=presenting.history_of(history.history(session, one)),
        showing=presenting,
        today=clock.today(),
    )


@bp.route("/<int:campaign_id>/reports/table", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def table(campaign_id: int) -> ResponseReturnValue:
    """The list of reports as a table; that it left the office stands in the history."""
    campaign = loaded(campaign_id)
    form = form_for(ConfirmForm, campaign)

    def act(session: Session) -> Done:
        rows = reports.of_campaign(session, campaign.id)
        reporting.take_out(session, campaign, rows=len(rows), **acting.by(form))
        content = tables.workbook(rows, clock.today())

        def sent() -> ResponseReturnValue:
            answer = flask.send_file(content, mimetype=WORKBOOK)
            return downloads.kept(answer, f"{campaign.number}.xlsx")

        return Done(url_for(".reports", campaign_id=campaign.id), instead=sent)

    return answered_on(
        form,
        act,
        "campaigns/step.html",
        campaign=campaign,
        verb=Text("Take the table out"),
        happens=Text("The table leaves the office; who took it out and when is recorded."),
        back_url=url_for(".reports", campaign_id=campaign.id),
    )
