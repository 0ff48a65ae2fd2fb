"""What a fault of the database says in the log: which rule, never whose telephone."""

import traceback

import pytest
import sqlalchemy as sa


@pytest.mark.parametrize("name", ["13809901234", None])
def test_a_fault_names_no_value(own, name):
    table = sa.table("institution", sa.column("name"), sa.column("phone"))
    row = {"name": name, "phone": "13809901234"}

    with own.engine.begin() as connection, pytest.raises(sa.exc.DBAPIError) as fault:
        connection.execute(sa.insert(table), row)

    said = "".join(traceback.format_exception(fault.value))
    assert "13809901234" not in said
    assert "institution" in str(fault.value)
