"""What axe finds on the main pages, in the browser, at both widths: nothing."""

from pathlib import Path

from tests.browser.pages_of_roles import FOR_ALL, OFFICERS
from tests.browser.person import DESKTOP, PHONE

# So high that the bar at the bottom covers nothing: a control under it can be scrolled to.
HIGH = {"height": 3000}
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
ASK = """
async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  const said = ({ html, any }) => `${html} (${any.map(({ message }) => message)})`;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(said).join(" | ")}`);
}
"""


def found_on(one, paths):
    """What axe has to say about each page."""
    one.page.add_init_script(AXE)
    for path in paths:
        one.open(path.format(**one.site.records))
        yield from (f"{path} {fault}" for fault in one.page.evaluate(ASK))


def test_no_main_page_has_a_fault_on_the_desk(site, person):
    desk = {"viewport": DESKTOP | HIGH, "bypass_csp": True}
    faults = list(found_on(person(site, **desk), (*FOR_ALL, "/design")))
    for name, paths in OFFICERS.items():
        faults += found_on(person(site, name, **desk), paths)

    assert not faults, "\n".join(faults)


def test_no_page_of_the_day_has_a_fault_on_the_phone(site, person):
    phone = {"viewport": PHONE | HIGH, "has_touch": True, "bypass_csp": True}
    faults = list(found_on(person(site, **phone), ("/public/990101/rectification",)))
    paths = ("/desk", "/items", "/institutions/{institution}", "/visits/{under_way}/inspect")
    faults += found_on(person(site, "李敏", **phone), paths)

    assert not faults, "\n".join(faults)
