"""What keeps an area small, in layers, and closed to the pages of others."""

from functools import cache

from tests.architecture import sources

# Which file names may use which: each its own and lower ones.
LAYERS = (
    {"workflow"},
    {"models"},
    {"queries"},
    {"service"},
    {"forms"},
    {"views", "jobs", "cli"},
    {"area"},
)
# ``web`` is no area: it holds what the forms and pages of all are made of.
PAGES = {"forms", "views"}
# Modules of other names that know forms.
PAGES_BY_ANOTHER_NAME = {
    "accounts.entrance": "the sign-in page, which the guard shows in place of any other",
    "catalogue.sections": "a part of the catalogue is declared with the form of its entries",
    "catalogue.entries": "turns entries into those forms and back, for the pages of all parts",
}
MOST_LINES = 5000
LARGE = {
    "registry": "institutions, their papers and who is in charge change together: one page, one "
    "history, one search; what could stand apart was divided off (decision 37)",
    "intake": "one way of a list, from the file to the rows written and back; each of its steps "
    "is a page or two, and none is of use without the others (decision 37)",
    "ledger": "an item, its limits and its re-checks change together: one page, one history, one "
    "list by which all of them are found",
    "complaints": "an order, its days, answers and call-backs change together: one page, one "
    "history, one board; the centre's lists, the public form and refunds were divided off",
}


@cache
def modules():
    """Dotted name below the package -> the file."""
    return {_name(path): path for path in sources.modules()}


def _name(path):
    parts = path.relative_to(sources.PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def areas():
    return sorted(path.parent.name for path in sources.PACKAGE.glob("*/__init__.py"))


def area(name):
    return name.split(".")[0]


def words(name):
    """The words of a module's name that say what it holds: ``views`` also of ``admin_views``."""
    return [part.rsplit("_", 1)[-1] for part in name.split(".")[1:]]


def layer(name):
    """How high a module stands in its area; nothing for one of another name."""
    for word in words(name):
        for height, names in enumerate(LAYERS):
            if word in names:
                return height
    return None


@cache
def imported(name):
    """The modules of the package that a module imports."""
    found = (
        one.removeprefix("training_oversight.")
        for one in sources.imports(modules()[name])
        if one.startswith("training_oversight.")
    )
    return {one for one in found if one in modules() and "." in one}


def reached(name):
    """What it uses in its own area, also through modules of other names."""
    seen, left = set(), [name]
    while left:
        for one in imported(left.pop()):
            if area(one) == area(name) and one not in seen:
                seen.add(one)
                if layer(one) is None:
                    left.append(one)
    return seen


def test_imports_inside_an_area_point_downwards():
    upwards = [
        f"{name}: {other}"
        for name in modules()
        if (own := layer(name)) is not None
        for other in reached(name)
        if (layer(other) or 0) > own
    ]

    assert upwards == []


def test_what_is_neither_a_form_nor_a_page_knows_none():
    knowing = {
        name
        for name in modules()
        if area(name) != "web" and layer(name) is None
        for other in imported(name)
        if area(other) == area(name) and PAGES & set(words(other))
    }

    assert knowing == PAGES_BY_ANOTHER_NAME.keys()


def test_no_area_uses_the_forms_or_pages_of_another():
    foreign = [
        f"{name}: {other}"
        for name in modules()
        for other in imported(name)
        if area(other) not in {area(name), "web"}
        if PAGES & set(words(other))
    ]

    assert foreign == []


def test_only_what_is_named_so_answers_addresses():
    # A page by another name would be open to every area.
    answering = [
        name
        for name, path in modules().items()
        if not {"views", "area"} & set(words(name)) and area(name) != "web"
        for _, called in sources.calls(path)
        if called.endswith((".route", ".add_url_rule"))
    ]

    assert answering == []


def test_a_large_area_is_divided_or_says_why_it_is_not():
    large = {one for one in areas() if _lines(one) > MOST_LINES}

    assert large == LARGE.keys()


def _lines(name):
    files = (sources.PACKAGE / name).rglob("*.py")
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
