import hashlib

from tests.architecture import sources

VENDOR = sources.PACKAGE / "static/vendor"
MANIFEST = VENDOR / "MANIFEST.sha256"


def listed():
    """File name to checksum, as ``sha256sum`` writes them."""
    lines = MANIFEST.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {name.lstrip("*").removeprefix("./"): checksum for checksum, name in pairs}


def present():
    return {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path != MANIFEST
    }


def test_vendored_files_are_exactly_those_listed():
    if not VENDOR.exists():
        return

    assert present() == listed()


def test_every_vendored_library_carries_its_licence():
    libraries = [path for path in VENDOR.glob("*") if path.is_dir()]

    assert [path.name for path in libraries if not list(path.glob("LICEN[CS]E*"))] == []
