import re

from jinja2 import Environment, TemplateSyntaxError, nodes

from tests.architecture import sources

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
EXTENDS = re.compile(r"\{%-?\s*extends\s")
TITLE = re.compile(r"\{%-?\s*block\s+title\b")
INLINE_STYLE = re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"""(?:\ssrc|<link\b[^>]*\shref|\saction)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE
)


def found(pattern):
    return [
        sources.name(path)
        for path in sources.templates()
        if pattern.search(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]


def lineage(text):
    """The page and the pages that it is made from, without the frame that begins them all."""
    while parent := re.search(r"""\{%-?\s*extends\s+["']([^"']+)["']""", text):
        yield text
        text = (sources.TEMPLATES / parent[1]).read_text(encoding="utf-8")


def test_every_page_has_a_title():
    # A template that extends another is a page, or a layout that leaves the title to its pages.
    layouts = re.compile(r"""\{%-?\s*(?:extends|import|from|include)\s+["']([^"']+)["']""")
    used = {
        name
        for path in sources.templates()
        for name in layouts.findall(path.read_text(encoding="utf-8"))
    }

    untitled = [
        sources.name(path)
        for path in sources.templates()
        if EXTENDS.search(text := path.read_text(encoding="utf-8"))
        and not any(TITLE.search(each) for each in lineage(text))
        and str(path.relative_to(sources.TEMPLATES)) not in used
    ]

    assert untitled == []


def test_no_template_carries_style():
    assert found(INLINE_STYLE) == []


def test_no_template_carries_script():
    assert found(INLINE_SCRIPT) == []


def test_no_template_handles_events_inline():
    assert found(HANDLER) == []


def test_no_template_loads_from_another_host():
    assert found(ELSEWHERE) == []


def test_every_template_can_be_read():
    # A page that does not parse would also hide its sentences from the catalogue.
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.i18n"])

    unreadable = []
    for path in sources.templates():
        try:
            environment.parse(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            unreadable.append(f"{sources.name(path)}:{error.lineno}: {error.message}")

    assert unreadable == []


def test_a_template_uses_what_it_imports():
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.i18n"])
    unused = []
    for path in sources.templates():
        tree = environment.parse(path.read_text(encoding="utf-8"))
        loaded = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
        for line in tree.find_all(nodes.FromImport):
            names = [name if isinstance(name, str) else name[1] for name in line.names]
            unused += [f"{sources.name(path)}: {name}" for name in names if name not in loaded]

    assert unused == []
