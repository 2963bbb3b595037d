"""One way of writing: full-width signs, traditional characters and formal numerals made plain.

Every change keeps the length of the text, so that offsets into the plain text are true for the
original.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

_WIDE = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_KEPT_WIDE = "，。；！？"  # they end sentences, where their ASCII forms also stand inside numbers
_TRADITIONAL = (
    "萬万 億亿 點点 兩两 倆俩 幾几 餘余 約约 過过 個个 歲岁 時时 間间 週周 號号 後后 來来 這这 當当 無无 圓元 圆元 塊块"
    " 錢钱 貳二 贰二 陸六 參三 叁三 叄三 貝贝 負负 達达 漲涨 計计 從从 對对 雙双 農农 禮礼 節节 曆历 歷历 鐘钟 內内 開开"
    " 壹一 柒七 捌八 玖九 佰百 仟千 〇零 ○零 两两 於于 為为 發发 長长 們们 際际 據据 漲涨 條条 張张 臺台 隻只 輛辆 噸吨"
    " 釐厘 畝亩 磅磅 攝摄 華华 葉叶 種种 項项 單单 價价 資资 產产 業业 億亿 臘腊 復复 聖圣 誕诞 國国 慶庆 勞劳 動动 婦妇"
    " 兒儿 親亲 師师 陽阳 寧宁 離离 會会 數数 減减 遞递 擴扩 縮缩 佔占 關关 併并 將将 預预 應应 該该 須须 經经 沒没 還还"
)
_PLAIN = {pair[0]: pair[1] for pair in _TRADITIONAL.split()}
_TABLE = str.maketrans(
    {wide: narrow for wide, narrow in _WIDE.items() if wide not in _KEPT_WIDE}
    | _PLAIN
    | {
        chr(lone): "\ufffd" for lone in range(0xD800, 0xE000)
    }  # half characters, which UTF-8 cannot hold
    | {"\u3000": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "￥": "¥", "−": "-", "﹣": "-"}
)
# These four also head everyday words (大陆, 收拾, 队伍, 放肆): they count only beside other numerals.
_FORMAL = {"肆": "四", "伍": "五", "陆": "六", "拾": "十", "倆": "两", "俩": "两"}
_NUMERAL = "零一二两三四五六七八九十百千万亿肆伍陆拾"
_ESCAPED = re.compile(r"\\(?=[%$&#_])")  # as TeX writes them: 95.5\%
_COMMA = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![0-9０-９]))")  # begins with a sign: fast
_MAY_BE_FORMAL = re.compile(f"[{''.join(_FORMAL)}]")
_FORMAL_RUN = re.compile(
    rf"(?<=[{_NUMERAL}之])[肆伍陆拾俩]|[肆伍陆拾俩](?=[{_NUMERAL}]|[ ]?点[ ]?[{_NUMERAL}])"
)


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Make the signs of numbers and dates plain; the length never changes."""
    if "\\" in text:
        text = _ESCAPED.sub(" ", text)
    if text.isascii():
        return text
    folded = _COMMA.sub(",", text).translate(_TABLE)
    if not _MAY_BE_FORMAL.search(folded):
        return folded
    return _FORMAL_RUN.sub(lambda match: _FORMAL[match.group()], folded)


def lowered(text: str) -> str:
    """The text in small letters, each at its place: İ alone would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(sign.lower()[0] for sign in text)


_HAN = re.compile("[\u3400-\u9fff]")


@lru_cache(maxsize=512)
def holds_han(text: str) -> bool:
    """Tell whether a text has any Chinese sign; English with its dashes and quotes has none."""
    return not text.isascii() and _HAN.search(text) is not None


def cut(pattern: re.Pattern[str], text: str) -> tuple[list[str], list[int], list[int]]:
    """What a pattern of one group finds in a text: the pieces, their starts and their ends.

    A split at the pieces and a running sum of lengths never leave C, as a match for each would.
    """
    parts = pattern.split(text)
    ends = list(accumulate(map(len, parts)))
    return parts[1::2], ends[:-1:2], ends[1::2]


_WORD = re.compile(r"([A-Za-z]+|\d+)")


@lru_cache(maxsize=512)
def words_at(folded: str) -> tuple[tuple[str, int, int], ...]:
    """The Latin words and whole numbers of a plain text in lower case, as (word, start, end)."""
    words, starts, ends = cut(_WORD, folded)
    return tuple(zip(map(str.lower, words), starts, ends, strict=True))


_LETTERS = re.compile("[a-z]+")


@lru_cache(maxsize=512)
def latin_words(folded: str) -> frozenset[str]:
    """The runs of Latin letters of a plain text, in lower case: what readers ask before they try."""
    return frozenset(_LETTERS.findall(folded.lower()))
