"""What somebody can do who has the database in hand."""

import sqlalchemy as sa


def without_triggers(session):
    """As somebody could who has the database file in hand."""
    for table in ("event", "day_seal"):
        if session.get_bind().dialect.name == "postgresql":
            session.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"))
        else:
            for what in ("update", "delete", "replace"):
                session.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_no_{what}"))


def tampered(session, statement, **values):
    without_triggers(session)
    session.execute(sa.text(statement), values)
    session.commit()
    session.expire_all()


def replace_row(session, table):
    """Put a row in the place of another, as far as the database knows a word for that.

    On a connection that knows nothing of ours, as another tool has it.
    """
    if session.get_bind().dialect.name == "postgresql":
        key = "id" if table == "event" else "number"
        session.execute(
            sa.text(
                f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
                f" ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}"
            )
        )
        return
    session.execute(sa.text("PRAGMA recursive_triggers = OFF"))
    try:
        session.execute(sa.text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"))
    finally:
        session.execute(sa.text("PRAGMA recursive_triggers = ON"))
