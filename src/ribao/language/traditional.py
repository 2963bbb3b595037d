"""Traditional Chinese read as simplified, sign for sign, so that readers know one script only."""

from __future__ import annotations

import re
from functools import cache

from zhconv_rs import zhconv

from ribao.language.widths import holds_han


def simplified(text: str) -> str:
    """The text in simplified signs, of the same length; itself where it has no traditional sign.

    What stands in GB 2312, too (著, 乾), makes no text traditional: 著名 is written so in both.
    """
    if not holds_han(text) or not _signs().search(text):
        return text
    plain = str(zhconv(text, "zh-hans")).translate(_RARE)
    if len(plain) == len(text):
        return plain
    signs = (str(zhconv(sign, "zh-hans")).translate(_RARE) for sign in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(signs, text, strict=True))


_RARE = str.maketrans("馀锺", "余钟")  # simplified signs that hardly anybody writes


@cache
def _signs() -> re.Pattern[str]:
    """The signs that only traditional Chinese has."""
    signs = [chr(code) for code in range(0x4E00, 0xA000)]
    coded = "\n".join(signs).encode("gb2312", "replace").split(b"\n")
    plain = str(zhconv("\n".join(signs), "zh-hans")).split("\n")
    pairs = zip(signs, coded, plain, strict=True)
    return re.compile(f"[{''.join(it for it, code, new in pairs if code == b'?' and new != it)}]")
