from __future__ import annotations

import io
import struct
import threading
import time
import warnings
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests import processes
from tests.factories.uploads import huge_png
from training_oversight.errors import BadInput, Busy, TooLarge
from training_oversight.files import images

EXIF_IFD, ORIENTATION, TAKEN, OFFSET, GPS = 0x8769, 0x0112, 0x9003, 0x9011, 0x8825


def picture(image_format="JPEG", mode="RGB", size=(40, 20), **options):
    colour = {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 0), "L": 90, "CMYK": (0, 90, 90, 9)}
    target = io.BytesIO()
    Image.new(mode, size, colour.get(mode, 0)).save(target, image_format, **options)
    return target.getvalue()


def notes(**tags):
    exif = Image.Exif()
    if "orientation" in tags:
        exif[ORIENTATION] = tags["orientation"]
    within = exif.get_ifd(EXIF_IFD)
    if "taken" in tags:
        within[TAKEN] = tags["taken"]
    if "offset" in tags:
        within[OFFSET] = tags["offset"]
    exif.get_ifd(GPS)[1] = "N"
    return exif


def archive(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name in names:
            packed.writestr(name, "<x/>")
    return target.getvalue()


def workbook():
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("image_format", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")],
)
def test_a_photo_is_accepted_in_its_own_format(image_format, media_type):
    accepted = images.accept("现场.jpg", picture(image_format))

    assert accepted.media_type == media_type
    assert (accepted.width, accepted.height) == (40, 20)
    assert Image.open(io.BytesIO(accepted.data)).format == image_format


def test_a_photo_taken_upright_is_kept_upright():
    accepted = images.accept("a.jpg", picture(exif=notes(orientation=6)))

    assert (accepted.width, accepted.height) == (20, 40)
    assert Image.open(io.BytesIO(accepted.data)).size == (20, 40)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_a_phone_wrote_into_the_photo_is_kept(image_format):
    exif = notes(taken="2026:11:18 19:30:00", orientation=1)

    accepted = images.accept("a", picture(image_format, exif=exif))

    assert len(Image.open(io.BytesIO(accepted.data)).getexif()) == 0


def test_comments_in_a_photo_are_not_kept():
    info = PngInfo()
    info.add_text("Comment", "SECRET-PLACE")

    jpeg = images.accept("a.jpg", picture(comment=b"SECRET-PLACE"))
    png = images.accept("a.png", picture("PNG", pnginfo=info))

    assert b"SECRET-PLACE" not in jpeg.data + png.data


def test_when_a_photo_was_taken_is_read_in_the_county_s_time():
    accepted = images.accept("a.jpg", picture(exif=notes(taken="2026:11:18 19:30:00")))

    assert accepted.taken_at == datetime(2026, 11, 18, 11, 30, tzinfo=UTC)


def test_an_offset_that_the_phone_gives_counts():
    exif = notes(taken="2026:11:18 19:30:00", offset="+07:00")

    accepted = images.accept("a.jpg", picture(exif=exif))

    assert accepted.taken_at == datetime(2026, 11, 18, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "yesterday", ""])
def test_a_senseless_time_is_left_out_and_the_photo_kept(taken):
    accepted = images.accept("a.jpg", picture(exif=notes(taken=taken)))

    assert accepted.taken_at is None
    assert accepted.width == 40


@pytest.mark.parametrize(
    ("image_format", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("JPEG", "CMYK"), ("JPEG", "L")],
)
def test_every_kind_of_colour_can_be_read(image_format, mode):
    accepted = images.accept("a", picture(image_format, mode))

    assert Image.open(io.BytesIO(accepted.data)).size == (40, 20)


def test_sixteen_bit_grey_does_not_turn_white():
    target = io.BytesIO()
    Image.new("I;16", (4, 4), 0x8000).save(target, "PNG")

    accepted = images.accept("a.png", target.getvalue())

    assert Image.open(io.BytesIO(accepted.data)).convert("L").getpixel((0, 0)) in (127, 128)


def test_a_see_through_png_stays_see_through():
    accepted = images.accept("a.png", picture("PNG", "RGBA"))

    assert Image.open(io.BytesIO(accepted.data)).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("size", [(10_000, 7_000), (20_000, 20_000), (60_000, 60_000)])
def test_a_png_of_enormous_size_is_refused_without_a_warning(size):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        with pytest.raises(BadInput) as refused:
            images.accept("巨图.png", huge_png(*size))

    assert heard == []
    assert "pixels" in refused.value.text.message
    assert refused.value.text.values["width"] == size[0]


def test_a_text_file_named_like_a_photo_is_refused():
    with pytest.raises(BadInput) as refused:
        images.accept("photo.JPG", "这不是照片".encode())

    assert "named like a photo" in refused.value.text.message


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused(image_format):
    data = picture(image_format, size=(400, 400))

    with pytest.raises(BadInput) as refused:
        images.accept("half.jpg", data[: len(data) // 2])

    assert "damaged" in refused.value.text.message


def test_an_empty_file_is_refused():
    with pytest.raises(BadInput) as refused:
        images.accept("a.jpg", b"")

    assert "empty" in refused.value.text.message


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at():
    with pytest.raises(TooLarge) as refused:
        images.accept("a.jpg", b"x" * (30 * 1024 * 1024))

    assert (refused.value.text.values["found"], refused.value.text.values["allowed"]) == (
        "30",
        "20",
    )


def test_documents_are_kept_byte_for_byte():
    sheet, paper = workbook(), b"%PDF-1.7\n%%EOF\n"
    letter = archive("[Content_Types].xml", "word/document.xml")

    accepted = [images.accept("名单", data) for data in (sheet, paper, letter)]

    assert [one.media_type for one in accepted] == [images.XLSX, "application/pdf", images.DOCX]
    assert [one.data for one in accepted] == [sheet, paper, letter]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.zip", archive("a.txt")),
        ("a.exe", b"MZ" + b"\0" * 200),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("a.html", b"<!doctype html><script></script>"),
        ("a.gif", b"GIF89a" + b"\0" * 30),
        ("a.doc", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600),
    ],
)
def test_anything_else_is_refused_with_what_is_accepted(name, data):
    with pytest.raises(BadInput) as refused:
        images.accept(name, data)

    assert "Word (.docx)" in refused.value.text.message


def iphones(size=(60, 40)):
    target = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(target, "HEIF")
    return target.getvalue()


def test_a_photo_of_an_iphone_is_shown_as_a_jpeg():
    accepted = images.accept("IMG_0001.HEIC", iphones())

    assert (accepted.media_type, accepted.width, accepted.height) == ("image/jpeg", 60, 40)
    with Image.open(io.BytesIO(accepted.data)) as shown:
        red, green, _blue = shown.getpixel((30, 20))
    assert red > 150 > green


@pytest.mark.parametrize(
    "damaged",
    [
        struct.pack(">I", 24) + b"ftypheic" + b"\0\0\0\0" + b"mif1heic" + b"\0" * 40,
        iphones()[:300],
    ],
    ids=["header", "cut"],
)
def test_a_damaged_photo_of_an_iphone_is_refused_by_name(damaged):
    with pytest.raises(BadInput) as refused:
        images.accept("IMG_0001.HEIC", damaged)

    assert "IMG_0001.HEIC" in str(refused.value)


@pytest.mark.parametrize("size", [(8000, 6000), (12000, 9000)], ids=["48", "108"])
def test_a_photo_of_very_many_pixels_is_kept_at_half_its_size(size):
    accepted = images.accept("a.jpg", picture(size=size, quality=20))

    assert (accepted.width, accepted.height) == (size[0] // 2, size[1] // 2)


def test_a_photo_of_a_usual_phone_keeps_its_size():
    accepted = images.accept("a.jpg", picture(size=(4000, 3000), quality=20))

    assert (accepted.width, accepted.height) == (4000, 3000)


def crowd(count, data, refused=0):
    """So many uploads at once; what came of each, and how many were decoded at a time.

    Nobody's photo is ready before so many have been refused.
    """
    results, now, most, real = [], [], [], images._upright
    start, given_up = threading.Barrier(count), time.monotonic() + processes.PATIENCE

    def counted(image):
        now.append(1)
        most.append(len(now))
        time.sleep(0.1)
        while len(results) < refused and time.monotonic() < given_up:
            time.sleep(0.01)
        try:
            return real(image)
        finally:
            now.pop()

    def upload():
        start.wait()
        try:
            results.append(images.accept("a.png", data).width)
        except Busy as error:
            results.append(str(error))

    images._upright = counted
    try:
        people = [threading.Thread(target=upload) for _ in range(count)]
        for one in people:
            one.start()
        for one in people:
            one.join()
    finally:
        images._upright = real
    return results, max(most)


def test_photos_that_come_at_once_are_decoded_one_after_the_other():
    results, most = crowd(3, picture("PNG"))

    assert results == [40, 40, 40]
    assert most == 1


def test_of_a_crowd_of_uploads_some_are_told_to_press_again():
    results, most = crowd(8, picture("PNG"), refused=5)

    assert most == 1
    assert sum(result == 40 for result in results) == 3
    assert sum("再按一次" in str(result) for result in results) == 5
