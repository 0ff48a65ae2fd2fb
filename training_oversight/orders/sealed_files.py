"""A file that names callers, on disk under the installation's key."""

from __future__ import annotations

import io
from pathlib import Path

from training_oversight.errors import BadInput
from training_oversight.files import storage
from training_oversight.files.storage import Stored
from training_oversight.orders.models import OrderList
from training_oversight.spreadsheets.limits import MAX_BYTES
from training_oversight.texts import Text
from training_oversight.vault import keys

PURPOSE = "order_list.file"
# What sealing adds is far less.
MOST_BYTES = 2 * MAX_BYTES


def keep(content: bytes, data_dir: Path) -> Stored:
    """Raises ``NoKey``."""
    sealed = keys.current().seal(content, PURPOSE)
    return storage.store(io.BytesIO(sealed), data_dir, limit=MOST_BYTES)


def content_of(sent: OrderList, data_dir: Path) -> bytes:
    """Raises ``BadInput`` where it cannot be opened any more."""
    try:
        with storage.open_stored(data_dir, sent.file_sha256 or "") as file:
            return keys.current().open(file.read(), PURPOSE)
    except keys.Unreadable:
        raise BadInput(
            Text("The file can no longer be opened: discard the list and send it again.")
        ) from None
