"""Bytes → characters, or the issue that says why a page is not read."""

import codecs
import re

from lapwing.records import Issue

LARGEST = 20_000_000
"""Bytes of a page; more is refused."""

_MAGIC = (
    (b"%PDF", "a PDF document; convert it to text first"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it, or save it as HTML or text"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as HTML or text"),
    (b"{\\rtf", "a rich text document; save it as HTML or text"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"SQLite format 3", "a database"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def refused(content: bytes | str) -> Issue | None:
    """Why a page is not read at all, or None."""
    if len(content) > LARGEST:
        return Issue("too-large", f"the page has {len(content):,} bytes, more than {LARGEST:,}; save the article alone")
    head = content[:2048].encode("latin-1", "replace") if isinstance(content, str) else content[:2048]
    for magic, name in _MAGIC:
        if head.startswith(magic) or (magic == b"%PDF" and magic in head[:1024]):
            return Issue("not-html", f"this is {name}; Lapwing reads HTML and plain text")
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI ")):
        return Issue("not-html", "this is an image, sound or video file; Lapwing reads HTML and plain text")
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    if isinstance(content, bytes) and not _bom(head) and controls > max(4, len(head) // 10) and not _wide(head):
        return Issue("not-html", "this is binary data; Lapwing reads HTML and plain text")
    return None


def _bom(data: bytes) -> str | None:
    """The codec a byte order mark names."""
    return next((codec for mark, codec in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """The UTF-16 codec of text without a byte order mark: every other byte of Latin text is NUL."""
    if len(data) >= 8:
        if data[1::2].count(0) > len(data) * 0.4 and not data[::2].count(0):
            return "utf-16-le"
        if data[::2].count(0) > len(data) * 0.4 and not data[1::2].count(0):
            return "utf-16-be"
    return None


def decoded(content: bytes | str) -> tuple[str, Issue | None]:
    """The page's characters, and what had to be mended."""
    if isinstance(content, str):
        text = content.encode("utf-8", "replace").decode("utf-8")
        problem = Issue("encoding", "the text holds code points that are no characters; they were replaced")
        return _clean(text), problem if text != content else None
    declared = _declared(content[:4096])
    for codec in (_bom(content), _wide(content[:2048]), "utf-8", declared):
        if codec:
            try:
                return _clean(content.decode(codec)), None
            except (UnicodeDecodeError, LookupError):
                continue
    codec = _guessed(content)
    text = _clean(content.decode(codec, "replace"))
    lost = text.count("\ufffd")
    return text, Issue("encoding", f"the page is not valid {declared or 'utf-8'}; read as {codec}, {lost:,} characters could not be read")


def _declared(head: bytes) -> str | None:
    """The text codec a page names in its head; a page that says Latin-1 means Windows-1252, as browsers have it."""
    match = re.search(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", head, re.I)
    try:
        found = codecs.lookup(match[1].decode("ascii")) if match else None
        found and b"a".decode(found.name)
    except (LookupError, UnicodeError):
        return None
    name = found.name if found else None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _guessed(content: bytes) -> str:
    """The codec to read broken bytes with: UTF-8 if most of what is not ASCII is UTF-8, else the likeliest."""
    sample = content[:100_000]
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    beyond = sum(1 for byte in sample if byte > 127)
    if not sample or broken * 4 <= beyond:
        return "utf-8"
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample[:20_000]).best()
    return best.encoding if best else "cp1252"


def _clean(text: str) -> str:
    """The text without control characters, its line ends made one kind."""
    return _CONTROL.sub("", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
