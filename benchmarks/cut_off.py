"""One visit on a phone, cut off again and again, and what the office has of it afterwards."""

from __future__ import annotations

import hashlib
import io
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Error, Page

from benchmarks.phones import Phone, Server
from training_oversight import database
from training_oversight.field.models import FieldAct, FieldPhoto
from training_oversight.files import storage
from training_oversight.files.models import Attachment
from training_oversight.inspections.models import Finding, Visit, VisitAnswer
from training_oversight.inspections.workflow import VisitState

PROBLEMS, LOOSE_PHOTOS = 3, 3
# One in so many steps is cut off.
CUT = 4
# Seconds that a busy machine may take to send what waits.
PATIENCE = 60


@dataclass
class Figures:
    """What the runs came to."""

    runs: int = 0
    cuts: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    seconds: float = 0

    def __str__(self) -> str:
        cuts = ", ".join(f"{name} {count}" for name, count in sorted(self.cuts.items()))
        return (
            f"{self.runs} visits in {self.seconds:.0f} s; cut off: {cuts}; "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.unequal)} hashes unequal"
        )


@dataclass(frozen=True)
class Planned:
    """A visit to make, by its number, and the codes of its questions."""

    id: int
    codes: list[str]


@dataclass(frozen=True)
class Step:
    """One thing to do on the page, and what the page shows once it is kept."""

    name: str
    act: Callable[[Page], None]
    is_kept: Callable[[Page], bool]


class Run:
    """One visit from its first answer to its end, cut off again and again."""

    def __init__(self, phone: Phone, server: Server, visit: Planned, chance: random.Random):
        self.phone, self.server, self.visit, self.chance = phone, server, visit, chance
        self.codes = visit.codes
        self.bad = set(chance.sample(self.codes, PROBLEMS))
        self.pictures: list[bytes] = []
        self.cuts: list[str] = []
        self.kept: list[str] = []
        self.down = self.offline = False

    def photo(self) -> dict[str, object]:
        noise = Image.frombytes("L", (48, 36), self.chance.randbytes(48 * 36))
        target = io.BytesIO()
        noise.save(target, "JPEG")
        self.pictures.append(target.getvalue())
        name = f"IMG_{len(self.pictures)}.jpg"
        return {"name": name, "mimeType": "image/jpeg", "buffer": self.pictures[-1]}

    def steps(self) -> Iterator[Step]:
        for code in self.codes:
            value = "no" if code in self.bad else "yes"
            yield self._answer(code, value)
            if code in self.bad:
                yield self._problem(code)
                yield self._photo(f"#q-{code}")
        for _ in range(LOOSE_PHOTOS):
            yield self._photo("[data-dock]")

    def _answer(self, code: str, value: str) -> Step:
        def act(page: Page) -> None:
            page.locator(f"#q-{code} .segment-part:has(input[value={value}])").first.click()

        return Step(
            f"answer {code}",
            act,
            lambda page: page.locator(f"#q-{code}.answered-{value}").count() > 0,
        )

    def _problem(self, code: str) -> Step:
        words = f"现场核查{code}"

        def act(page: Page) -> None:
            page.locator(f"#q-{code} textarea").fill(words)
            page.locator(f"#q-{code} textarea").blur()

        def is_kept(page: Page) -> bool:
            box = page.locator(f"#q-{code} .field-problem")
            return words in box.locator("textarea").input_value() and (
                box.get_by_text("问题已记下").count() > 0
            )

        return Step(f"problem {code}", act, is_kept)

    def _photo(self, where: str) -> Step:
        sent = self.photo()
        list_of = (
            f"{where} .shots li" if where.startswith("#q") else "#field > .asked-part > .shots li"
        )

        def act(page: Page) -> None:
            page.locator(f"{where} input[type=file]").set_input_files([sent])  # type: ignore[list-item]

        def is_kept(page: Page) -> bool:
            return page.locator(list_of).filter(has_text=str(sent["name"])).count() > 0

        return Step(f"photo {sent['name']}", act, is_kept)

    def play(self) -> None:
        here = f"visit/v{self.visit.id}"
        self.phone.go("today")
        self._refresh()
        self.phone.go(here)
        for step in self.steps():
            cut = self.chance.randrange(CUT) == 0
            if cut:
                self._cut_off(step, here)
            self._until_kept(step, here)
            self.kept.append(step.name)
        self._whole()
        self._end()

    def _refresh(self) -> None:
        page = self.phone.page
        line = page.locator("li", has=page.locator(f"a[href='/visits/{self.visit.id}']"))
        page.get_by_role("button", name="更新").click()
        line.get_by_role("button", name="开始检查").click()
        page.locator(".question").first.wait_for()

    def _cut_off(self, step: Step, here: str) -> None:
        kind = self.chance.choice(["page", "browser", "network", "server"])
        self.cuts.append(kind)
        if kind == "network":
            self.offline = not self.offline
            self.phone.context.set_offline(self.offline)
            return
        if kind == "server":
            self.server.told("up" if self.down else "down")
            self.down = not self.down
            return
        with suppress(Error):
            step.act(self.phone.page)
        # Anywhere between the press and what it leads to.
        time.sleep(self.chance.random() * 0.15)
        {"page": self.phone.kill_page, "browser": self.phone.kill_browser}[kind]()
        self.phone.context.set_offline(self.offline)
        self.phone.go(here)
        self.phone.page.locator(".question").first.wait_for()

    def _until_kept(self, step: Step, here: str) -> None:
        page = self.phone.page
        if not step.is_kept(page):
            step.act(page)
        until = time.monotonic() + PATIENCE
        while not step.is_kept(page):
            if time.monotonic() > until:
                raise AssertionError(f"{step.name} is not kept on {here}")
            page.wait_for_timeout(20)

    def _whole(self) -> None:
        if self.down:
            self.server.told("up")
        if self.offline:
            self.phone.context.set_offline(False)
        self.down = self.offline = False
        self.phone.sign_in()

    def _end(self) -> None:
        self.phone.go(f"finish/v{self.visit.id}")
        page = self.phone.page
        page.get_by_label("现场负责人", exact=True).fill("陈某")
        page.locator("[data-dock]").get_by_role("button", name="完成检查").click()
        page.get_by_role("button", name="更新").wait_for()
        until = time.monotonic() + PATIENCE
        while self.phone.waiting() != (0, 0) and time.monotonic() < until:
            page.evaluate("dispatchEvent(new Event('online'))")
            page.wait_for_timeout(150)

    def judge(self, figures: Figures, data_dir: Path) -> None:
        """Compare what the office has with what the page had shown as kept."""
        name = f"visit {self.visit.id}"
        for cut in self.cuts:
            figures.cuts[cut] = figures.cuts.get(cut, 0) + 1
        if (left := self.phone.waiting()) != (0, 0):
            figures.lost.append(f"{name}: {left} still on the phone")
        with database.transaction() as session:
            visit = session.get_one(Visit, self.visit.id, populate_existing=True)
            rows = session.scalars(sa.select(VisitAnswer).where(VisitAnswer.visit_id == visit.id))
            given = {row.item_code: row.answer.value for row in rows}
            found = session.scalars(sa.select(Finding).where(Finding.visit_id == visit.id)).all()
            acts = sa.select(FieldAct.kind, sa.func.count()).where(FieldAct.visit_id == visit.id)
            counts = {
                str(row[0].value): row[1] for row in session.execute(acts.group_by(FieldAct.kind))
            }
            subjects = [("visit", visit.id), *(("finding", one.id) for one in found)]
            files = session.scalars(
                sa.select(Attachment).where(
                    sa.tuple_(Attachment.subject_kind, Attachment.subject_id).in_(subjects)
                )
            ).all()
            photos = session.scalars(
                sa.select(FieldPhoto).where(FieldPhoto.attachment_id.in_([one.id for one in files]))
            ).all()
        wanted = {code: "no" if code in self.bad else "yes" for code in self.codes}
        if visit.state is not VisitState.DONE or visit.representative != "陈某":
            figures.lost.append(f"{name}: {visit.state}")
        figures.lost += [f"{name}: {code}" for code in wanted if given.get(code) != wanted[code]]
        missing = len(self.bad) - len({one.checklist_item_code for one in found})
        figures.lost += [f"{name}: a problem"] * missing
        figures.doubled += [f"{name}: a problem"] * (len(found) - len(self.bad))
        hashes = [hashlib.sha256(one).hexdigest() for one in self.pictures]
        figures.lost += [
            f"{name}: photo {n}"
            for n, one in enumerate(hashes)
            if one not in {p.sha256 for p in photos}
        ]
        figures.doubled += [f"{name}: a photo"] * max(0, len(files) - len(self.pictures))
        if counts.get("start", 0) > 1 or counts.get("finish", 0) > 1:
            figures.doubled.append(f"{name}: {counts}")
        for one in photos:
            with storage.open_stored(data_dir, one.sha256) as stream:
                if hashlib.sha256(stream.read()).hexdigest() != one.sha256:
                    figures.unequal.append(f"{name}: {one.name}")
