"""The handbook's diagrams are drawn from the tables, so they cannot tell an old story."""

from tools import diagrams


def test_every_diagram_is_what_its_table_says():
    assert diagrams.behind() == []
