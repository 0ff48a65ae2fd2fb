"""Files as people send them: whole photos, and what only pretends to be one."""

import io
import struct
import zlib

from PIL import Image

MEGABYTE = 1024 * 1024


def photo(size=(40, 30), kind="PNG", mode="RGB", color=0):
    target = io.BytesIO()
    Image.new(mode, size, color).save(target, kind)
    return target.getvalue()


def heavy_photo(megabytes=30):
    """It begins like a JPEG and is as long as no phone makes it."""
    return b"\xff\xd8\xff" + b"0" * megabytes * MEGABYTE


def huge_png(width, height):
    """A few hundred bytes whose header promises so many pixels."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def upload(data, name="现场.png"):
    return (io.BytesIO(data), name)
