"""A letter or a text of evidence as it comes: a file or a pipe, in UTF-8 or another coding."""

from __future__ import annotations

import re
from pathlib import Path

from ribao.errors import ConfigError, ContentError
from ribao.files import MAX_BYTES, read_regular

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_HEAD = 2_048  # bytes of a page in which it says its coding


def read_text(path: Path, what: str = "file") -> str:
    """The words of a file, whatever its coding says of itself.

    Raises:
        ConfigError: there is no such file, it cannot be opened, or is a folder, device or pipe.
        ContentError: it is no text, or in a coding that it does not say.
    """
    name = shown(path)
    try:
        data = read_regular(path)
    except OSError as error:
        raise ConfigError(f"cannot read the {what}", name, str(error.strerror or error)) from error
    except ValueError as error:  # a NUL in its name
        raise ConfigError(f"cannot read the {what}", name, str(error)) from error
    return decoded(data, name)


def decoded(data: bytes, name: str) -> str:
    """The words of some bytes: UTF-8, else what their first ones say of themselves.

    Raises:
        ContentError: they are no text, or in a coding that they do not say; over 16 MiB.
    """
    if len(data) > MAX_BYTES:
        raise ContentError("nothing to check", name, f"larger than {MAX_BYTES // 1_048_576} MiB")
    coding = _MARKS.get(data[:2], "utf-8")
    try:
        return data.decode(coding)
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(data, 0, _HEAD)
        if declared is not None and coding == "utf-8":
            try:
                return data.decode(declared[1].decode("ascii"))
            except (LookupError, ValueError):  # no such coding, or not in it either
                pass
        raise ContentError(
            "not a text in UTF-8",
            name,
            f"byte {error.start + 1} is none of it",
            hint="of a text in GBK, `iconv -f GB18030 -t UTF-8` makes one",
        ) from error


def shown(path: Path) -> str:
    """The name of a file as it can be printed; not all names of a disk are text."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
