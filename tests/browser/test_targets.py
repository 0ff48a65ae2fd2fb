"""What can be pressed is large enough, a card opens its record, and short words keep their line."""

from pathlib import Path

from tests.browser.pages_of_roles import FOR_ALL, OFFICERS
from tests.browser.person import DESKTOP, PHONE

HERE = Path(__file__).parent
# So high that no bar lies over anything.
HIGH = {"height": 12_000}
TOO_SMALL = (HERE / "targets.js").read_text(encoding="utf-8")
MISSED_CARDS = (HERE / "missed_cards.js").read_text(encoding="utf-8")
BROKEN = (HERE / "broken_words.js").read_text(encoding="utf-8")


def walked(site, person, look, **options):
    """What a look at every page of every role finds, with the page it was found on."""
    found = []
    for name, paths in {None: FOR_ALL, **OFFICERS}.items():
        one = person(site, name, **options)
        for path in paths:
            one.open(path.format(**site.records))
            found += [f"{path} {each}" for each in look(one.page)]
    return found


def test_on_the_desk_targets_have_24_pixels_and_no_short_word_is_broken(site, person):
    def look(page):
        yield from page.evaluate(TOO_SMALL, 24)
        for width in (1280, 1000):
            page.set_viewport_size(HIGH | {"width": width})
            yield from page.evaluate(BROKEN)

    faults = walked(site, person, look, viewport=DESKTOP | HIGH)

    assert not faults, "\n".join(faults)


def test_on_the_phone_targets_have_44_pixels_and_a_whole_card_opens_its_record(site, person):
    def look(page):
        yield from page.evaluate(TOO_SMALL, 44)
        yield from page.evaluate(MISSED_CARDS)
        yield from page.evaluate(BROKEN)

    faults = walked(site, person, look, viewport=PHONE | HIGH, has_touch=True)

    assert not faults, "\n".join(faults)
