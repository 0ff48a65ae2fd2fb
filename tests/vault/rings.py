"""Keys for tests, and a table of its own in which something is sealed."""

from contextlib import contextmanager

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from training_oversight.vault import keys
from training_oversight.vault.sealing import recognising, sealed

OLD, NEW = (
    ("2025", b"the first of two keys: as long as one is"),
    ("2026", b"0123456789abcdefghijklm" * 2),
)


class Base(DeclarativeBase):
    pass


class Caller(Base):
    __tablename__ = "vault_caller"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str | None] = sealed("vault_caller.phone")
    name: Mapped[str | None] = sealed("vault_caller.name")
    phone_mark: Mapped[str | None] = recognising("phone")
    said: Mapped[str | None]


@contextmanager
def holding(*known):
    """Let the process have these keys for a while."""
    before = list(keys._of_the_process)
    keys.use(keys.Keyring(known))
    try:
        yield
    finally:
        keys._of_the_process[:] = before
