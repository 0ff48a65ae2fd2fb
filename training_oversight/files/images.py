"""What may be uploaded: judged by content, never by name; photos are made anew.

A photo is decoded and written again, so that what we keep and send on is an
image and nothing else: no hidden place of a home, no script behind the pixels.
When it was taken is read before that is lost.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO, Final

import filetype
import pillow_heif
from PIL import Image, ImageOps

from training_oversight import clock
from training_oversight.errors import BadInput
from training_oversight.files.storage import LIMIT, too_large
from training_oversight.texts import Text
from training_oversight.turns import Turns

# So much of a file tells what it is.
HEAD: Final = 8192
# What is decoded whole, three or four bytes a pixel and as much again while it is turned.
MAX_PIXELS: Final = 40_000_000
# A JPEG can be decoded at half its size: the photos of cameras with very many pixels are.
MAX_JPEG_PIXELS: Final = 120_000_000

# Pillow only warns between one and two times its own limit. Ours is checked in
# `_opened`, from the header, before a single pixel is decoded, and always refuses.
Image.MAX_IMAGE_PIXELS = None
# iPhones. Only the picture itself: no thumbnails, no depth.
pillow_heif.register_heif_opener(thumbnails=False)

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# One photo at a time in each process: eight at once of 60 million pixels took two processes to
# five gigabytes. Of its four threads one is left for pages.
_turns = Turns(
    Text("Many photos are being read at this moment. Nothing was saved; press the button again."),
    waiting=2,
    seconds=30,
)

_PHOTOS: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
# What a browser cannot show is made anew as what it can.
_MADE_ANEW_AS: Final = {"image/heic": "image/jpeg", "image/heif": "image/jpeg"}
_OFFICE: Final = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
_PHOTO_SUFFIXES: Final = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"}
_QUALITY: Final = 90

# All that Pillow's decoders raise on damaged files; none of them is our bug.
_DAMAGED: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError,
    struct.error, zlib.error, OverflowError,
)  # fmt: skip

_EXIF_IFD: Final = 0x8769
_TAKEN_TAGS: Final = ((0x9003, 0x9011), (0x9004, 0x9012))  # taken, digitised: time and offset


@dataclass(frozen=True)
class Accepted:
    media_type: str
    data: bytes
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None  # aware, UTC


def is_photo(stream: IO[bytes]) -> bool:
    """Whether it begins like a photo."""
    kind = filetype.guess(stream.read(HEAD))
    stream.seek(0)
    return kind is not None and kind.mime in _PHOTOS


def accept(filename: str, data: bytes, limit: int = LIMIT) -> Accepted:
    """The upload in the form in which it is kept, or an error that says what to do."""
    if len(data) > limit:
        raise too_large(len(data), limit)
    if not data:
        raise BadInput(Text("“%(name)s” is empty. Choose the file again.", name=filename))
    kind = filetype.guess(data)
    media_type = kind.mime if kind else ""
    if media_type in _PHOTOS:
        return _photo(filename, data, media_type)
    if media_type == "application/pdf" or _is_office(media_type, data):
        return Accepted(media_type, data)
    raise _refused(filename)


def _refused(filename: str) -> BadInput:
    if PurePath(filename).suffix.lower() in _PHOTO_SUFFIXES:
        return BadInput(
            Text(
                "“%(name)s” is named like a photo, but its content is not a photo. Choose the"
                " original photo.",
                name=filename,
            )
        )
    return BadInput(
        Text(
            "“%(name)s” is not a kind of file that is kept here. Use a photo (JPEG, PNG, WebP,"
            " HEIC), a film (MP4, MOV), PDF, Word (.docx) or Excel (.xlsx).",
            name=filename,
        )
    )


def _is_office(media_type: str, data: bytes) -> bool:
    """Really a document of that kind, and without macros. Reads names only, unpacks nothing."""
    if media_type not in _OFFICE:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, *_DAMAGED):
        return False
    return _OFFICE[media_type] in names and not any("vbaProject" in name for name in names)


def _photo(filename: str, data: bytes, media_type: str) -> Accepted:
    image = _opened(filename, data, media_type)
    with _turns.taken():
        return _made_anew(filename, image, media_type)


def _made_anew(filename: str, image: Image.Image, media_type: str) -> Accepted:
    taken_at = _taken_at(image)
    try:
        upright = _upright(image)
    except _DAMAGED as error:
        raise _damaged(filename) from error
    plain = _plain(upright, media_type)
    # What was decoded is let go before it is written: each copy is as large as the first.
    del image, upright
    shown_as = _MADE_ANEW_AS.get(media_type, media_type)
    return Accepted(shown_as, _encoded(plain, shown_as), plain.width, plain.height, taken_at)


def _opened(filename: str, data: bytes, media_type: str) -> Image.Image:
    """The image, its header read and its size allowed."""
    try:
        image = Image.open(io.BytesIO(data), formats=[_PHOTOS[media_type]])
    except _DAMAGED as error:
        raise _damaged(filename) from error
    limit = MAX_JPEG_PIXELS if media_type == "image/jpeg" else MAX_PIXELS
    if image.width * image.height > limit:
        raise BadInput(
            Text(
                "“%(name)s” measures %(width)s × %(height)s pixels, more than the %(limit)s million"
                " that can be read. Take the photo again with a lower resolution.",
                name=filename,
                width=image.width,
                height=image.height,
                limit=limit // 1_000_000,
            )
        )
    if image.width * image.height > MAX_PIXELS:
        image.draft(None, (image.width // 2, image.height // 2))
    return image


def _damaged(filename: str) -> BadInput:
    return BadInput(
        Text(
            "“%(name)s” is damaged or was not uploaded completely. Upload it again.", name=filename
        )
    )


def _upright(image: Image.Image) -> Image.Image:
    image.load()
    # The pixels are good even where the note on how the phone was held is not.
    with suppress(*_DAMAGED):
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _plain(image: Image.Image, media_type: str) -> Image.Image:
    """Pixels only: no palette, no notes, nothing that a saver would carry over."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey; a plain conversion would turn nearly all of it white.
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    kept_as = _MADE_ANEW_AS.get(media_type, media_type)
    see_through = kept_as != "image/jpeg" and image.has_transparency_data
    mode = "RGBA" if see_through else "L" if image.mode in ("1", "L") else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    plain.info = {}
    return plain


def _encoded(image: Image.Image, media_type: str) -> bytes:
    target = io.BytesIO()
    image.save(target, _PHOTOS[media_type], quality=_QUALITY, exif=b"")
    return target.getvalue()


def _taken_at(image: Image.Image) -> datetime | None:
    """When the camera says so; a phone that gives no offset shows the county's time."""
    try:
        notes = image.getexif().get_ifd(_EXIF_IFD)
        for taken, offset in _TAKEN_TAGS:
            if taken in notes:
                return _instant(str(notes[taken]), str(notes.get(offset, "")))
    except _DAMAGED:
        return None  # a damaged note is no reason to refuse a photo
    return None


def _instant(wall_clock: str, offset: str) -> datetime:
    naive = datetime.strptime(wall_clock.strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    county = clock.from_local(naive)
    if not offset.strip("\x00 "):
        return county
    ahead = datetime.strptime(offset.strip("\x00 "), "%z").utcoffset() or timedelta()
    return naive.replace(tzinfo=county.tzinfo) - ahead
