"""Visits on a phone whose page, browser, network and server are killed at random moments.

A visit has 14 answers, 3 problems, 6 photos and an end. What the page has shown as kept must be in
the office afterwards, once, and every photo byte for byte. The seed is fixed, so that a run that
loses something can be run again.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import flask
import sqlalchemy as sa
from playwright.sync_api import sync_playwright

from benchmarks import county
from benchmarks.cut_off import Figures, Planned, Run
from benchmarks.phones import Phone, Server
from training_oversight import clock, database
from training_oversight.accounts.models import Officer
from training_oversight.catalogue.models import Checklist
from training_oversight.inspections import service as visits
from training_oversight.inspections.models import Approval, VisitKind
from training_oversight.registry.models import Institution

SEED, RUNS = 20261130, 200


def _planned(officer_id: int, count: int) -> list[Planned]:
    """A visit at a place of its own for each run, with the shipped checklist."""
    made = []
    with database.transaction() as session:
        officer = session.get_one(Officer, officer_id)
        checklist = session.scalars(
            sa.select(Checklist).where(Checklist.code == "spot_check")
        ).one()
        places = session.scalars(sa.select(Institution).limit(count)).all()
        for place in places:
            draft = visits.VisitDraft(
                place=place,
                kind=VisitKind.ROUTINE,
                happened_at=clock.now() - timedelta(minutes=1),
                officers=[officer],
                approval=Approval.NOT_NEEDED,
                checklist=checklist,
            )
            visit = visits.plan(session, draft=draft, by=officer, today=clock.today())
            made.append(Planned(visit.id, [item["code"] for item in checklist.items]))
    return made


@contextmanager
def _office(runs: int) -> Iterator[tuple[Server, Officer, list[Planned]]]:
    officer = county.build(runs * county.PER_INSTITUTION)
    planned = _planned(officer.id, runs)
    # Whoever forks shares no connection.
    database.close_session()
    database.current_database().engine.dispose()
    server = Server()
    try:
        yield server, officer, planned
    finally:
        server.close()


def played(app: flask.Flask, *, runs: int, seed: int = SEED) -> Figures:
    """So many visits, each cut off again and again. The present database is an empty one."""
    chance, figures, began = random.Random(seed), Figures(), time.monotonic()
    with _office(runs) as (server, officer, planned), sync_playwright() as playwright:
        phone = Phone(playwright, server, app, officer)
        try:
            for visit in planned:
                run = Run(phone, server, visit, chance)
                run.play()
                run.judge(figures, app.config["DATA_DIR"])
                figures.runs += 1
                figures.seconds = time.monotonic() - began
        finally:
            phone.close()
    return figures


def run(app: flask.Flask) -> None:
    runs = int(os.environ.get("RUNS", RUNS))
    print(f"Visits on a phone, cut off at random moments (seed {SEED})")
    figures = played(app, runs=runs)
    print(f"  {figures}")
    for fault in (*figures.lost, *figures.doubled, *figures.unequal):
        print(f"  {fault}")
    if figures.lost or figures.doubled or figures.unequal:
        sys.exit(1)
