"""Reading a file that the owner named: a beat, settings, a list. Nothing that never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MAX_BYTES = 16_777_216  # of one file; a list of 10,000 sources is 2 MB


def read_regular(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file.

    A device would be read for ever, a pipe waited for, and a giant file fill the memory.

    Raises:
        OSError: it cannot be opened, is something else than a file, or larger than `limit` bytes.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # else a pipe is waited for
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is no file, but a folder, device or pipe", str(path))
    with os.fdopen(handle, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit // 1_048_576} MiB", str(path))
    return content
