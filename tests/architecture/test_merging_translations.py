"""Two branches that add sentences both keep theirs."""

import pytest

from tools import translations

BASE = {"Kept": "留", "Dropped": "删", "Corrected": "旧"}


def merged(tmp_path, ours, theirs):
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, content in zip(paths, (BASE, ours, theirs), strict=True):
        path.write_text(translations.written(content), encoding="utf-8")
    translations.merge(*paths)
    return dict(translations.entries(paths[1].read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BASE | {"A": "甲"}, BASE | {"B": "乙"}, BASE | {"A": "甲", "B": "乙"}),
        (BASE | {"A": "甲"}, BASE | {"A": "乙"}, BASE | {"A": "甲"}),
        (BASE, BASE | {"Corrected": "新"}, BASE | {"Corrected": "新"}),
        (BASE | {"Corrected": "新"}, BASE, BASE | {"Corrected": "新"}),
        (BASE, {"Kept": "留", "Corrected": "旧"}, {"Kept": "留", "Corrected": "旧"}),
    ],
)
def test_each_side_keeps_what_it_added(tmp_path, ours, theirs, expected):
    assert merged(tmp_path, ours, theirs) == expected
