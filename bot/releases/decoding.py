"""From bytes to text: UTF-8 as it stands, GB18030 converted, everything else refused with what it is and the remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import Fault, ReleaseError
from bot.text.cleaning import CJK_RUN

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 16 * 1024 * 1024
SAMPLE = 4000
CHINESE_SHARE = 0.2
UTF8, GB18030 = "utf-8", "gb18030"
# What is dropped into a folder by mistake, by its first bytes.
FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xff\xfe", "a UTF-16 text"),
    (b"\xfe\xff", "a UTF-16 text"),
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_SHARE = 0.01
# Encodings whose bytes GB18030 takes too: a text is Chinese only where it fits better than all of these.
RIVALS = [GB18030, "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"]
TAG = re.compile(
    r"<!doctype\b|</?(?:html|head|body|script|style|meta|p|div|span|br|hr|a|b|i|em|strong|table|tbody|tr|td|th|ul|ol|li|h[1-6]|img|font|section)\b[^<>]{0,2000}>"
    r"|&(?:nbsp|amp|lt|gt|quot|#\d{1,6});",
    re.IGNORECASE,
)
PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|script|style)\b", re.IGNORECASE)


def language_of(text: str) -> str:
    """Tell a text's language by its share of Chinese characters."""
    sample = text[:SAMPLE]
    return "zh" if sum(map(len, CJK_RUN.findall(sample))) > CHINESE_SHARE * max(len(sample), 1) else "en"


def read_bytes(path: Path) -> bytes:
    """Read a file whole, a byte more than the largest at most; raise ReleaseError where the system refuses."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except IsADirectoryError:
        raise ReleaseError([Fault(str(path), "", "cannot be read: it is a folder", "name a text file")]) from None
    except FileNotFoundError:
        raise ReleaseError([Fault(str(path), "", "cannot be read: no such file", "check the path")]) from None
    except OSError as error:
        raise ReleaseError([Fault(str(path), "", f"cannot be read: {error.strerror}", "check the path and its permissions")]) from None


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Give a text and the encoding it was in, ``utf-8`` or ``gb18030``; raise ReleaseError for anything else."""
    if len(data) > LARGEST:
        raise ReleaseError([Fault(name, "", f"is larger than {LARGEST} bytes", "keep a release below that")])
    for start, what in FORMATS:
        if data.startswith(start):
            raise ReleaseError([Fault(name, "", f"is not a text but {what}", "save its words as plain UTF-8 text")])
    text, encoding = _decoded(data, name)
    if "\0" in text or len(CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        raise ReleaseError([Fault(name, "", "is not a text: it holds control characters", "save it as plain UTF-8 text")])
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ReleaseError([Fault(name, "", "is empty", "put the release's text there")])
    return text, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    try:
        return data.decode(UTF8), UTF8
    except UnicodeDecodeError as error:
        problem = f"is neither UTF-8 (byte {error.start}) nor Chinese in GB18030"
    try:
        text = data.decode(GB18030)
    except UnicodeDecodeError:
        text = ""
    if language_of(text) == "zh" and _fits_best(data):
        return text, GB18030
    raise ReleaseError([Fault(name, "", problem, "save it as UTF-8")])


def _fits_best(data: bytes) -> bool:
    """Whether GB18030 explains the bytes better than the encodings that share its range."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only a text that is not UTF-8 needs it

    best = from_bytes(data, cp_isolation=RIVALS).best()
    return best is not None and best.encoding == GB18030


def holds_markup(text: str) -> bool:
    """Whether HTML was pasted as text.

    >>> holds_markup("up <b>5%</b>"), holds_markup("a < b and c > d"), holds_markup("R&amp;D"), holds_markup("R&D")
    (True, False, True, False)
    """
    return TAG.search(text) is not None


def is_page(text: str) -> bool:
    """Whether a text is a whole page's source, with its script and style.

    >>> is_page("<!DOCTYPE html><html>"), is_page("<p>up 5%</p>")
    (True, False)
    """
    return PAGE.search(text) is not None
