"""Enforcing a style on what was written: every word of ours, no word of a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ribao.language.names import find_names
from ribao.language.tongues import tongue_of
from ribao.model import Article, Insight, Sentence
from ribao.write.styles.style import Style

ROUNDS = 6
_QUOTED = re.compile(
    r"“[^“”]*”|「[^「」]*」|『[^『』]*』|《[^《》]*》|‘[^‘’]{2,}’(?!\w)|\"[^\"]*\"|https?://\S+"
)
_HAN = r"[\u3400-\u9fff]"
_OPEN = re.compile(rf"{_HAN}[”」』》）)\"'%A-Za-z0-9]*$")  # a Chinese sentence without its end mark
# Around the quotation marks of a sentence; a title has no full stop and its spaces are borders.
_AROUND_QUOTES = re.compile(rf"(?<={_HAN})\s+(?=[“《])|(?<=[”》])\s+(?={_HAN})")
_LATIN = r"[A-Za-z0-9%$€£+]"
_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_NARROW = re.compile(rf"(?<={_HAN})\s*([,:;?!])\s*(?=\D|$)|(?<=[A-Za-z0-9])\s*([,;])\s*(?={_HAN})")
_BRACKETS = re.compile(rf"\(([^()]*{_HAN}[^()]*)\)|(?<={_HAN})\(([^()]*)\)")
_STOP = re.compile(rf"(?<={_HAN})\.(?=\s*$|\s+{_HAN})")
_BEFORE_SIGN = re.compile(r"\s+(?=[，。；：！？、）」』”》])|(?<=[（「『“《，。；：！？、])\s+")
_HYPHEN = re.compile(r"(?<=[a-z]) - (?=[a-z])")  # "zero - shot"; "XR - 1" is a name and stays
_MEETS = re.compile(rf"(?<={_HAN})\s*(?={_LATIN})|(?<={_LATIN})\s*(?={_HAN})")
_SPACES = re.compile(r"(?<=\S)[ \t\u00a0\u3000]{2,}(?=\S)")


def dress(article: Article, style: Style) -> Article:
    """An article in the style; citations, findings and references stay as they are."""

    def one(sentence: Sentence, *, ends: bool = False) -> Sentence:
        counted = sentence.kind == "computed"  # in the words of the catalogue, which others know
        text = dressed(sentence.text, style, article.language, spaced=not counted)
        if ends and style.zh.full_width and _OPEN.search(text):
            text += "。"  # where its feed put dots instead
        return sentence if text == sentence.text else replace(sentence, text=text)

    return replace(
        article,
        headline=one(article.headline),
        paragraph=tuple(one(sentence, ends=True) for sentence in article.paragraph),
        insights=tuple(
            Insight(bullet.kind, tuple(one(sentence) for sentence in bullet.sentences))
            for bullet in article.insights
        ),
    )


def dressed(text: str, style: Style, language: str, *, spaced: bool = True) -> str:
    """A sentence in the style. Its own language decides on the usage; `language` where it is none.

    What stands in quotation marks, in 《》 and in addresses is not touched. Dressing twice changes
    nothing more, and a text that would be left empty stays as it is. Spaces stay as they are where
    other ones would make other names ("日日新Seko"), and where they are not wanted (`spaced`).
    """
    tongue = tongue_of(text, language)
    plain = _settled(text, _unspaced(style), tongue)
    if not spaced or style.usage(tongue).spacing == "as-is":
        return plain or text
    done = _settled(text, style, tongue)
    return (done if _names(done) == _names(plain) else plain) or text


def _settled(text: str, style: Style, tongue: str) -> str:
    for _ in range(ROUNDS):  # what one word leaves behind may be another
        before = text
        text = "".join(
            piece if quoted else _plain(piece, style, tongue) for piece, quoted in _pieces(before)
        ).strip()
        if tongue == "zh" and style.zh.spacing != "as-is" and text.endswith("。"):
            text = _AROUND_QUOTES.sub("", text)
        if text == before:
            break
    return text


def _names(text: str) -> list[str]:
    return sorted(name.id for name in find_names(text))


def _unspaced(style: Style) -> Style:
    return style.model_copy(update={"zh": style.zh.model_copy(update={"spacing": "as-is"})})


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in _QUOTED.finditer(text):
        yield text[at : match.start()], False
        yield match.group(), True
        at = match.end()
    yield text[at:], False


def _plain(text: str, style: Style, tongue: str) -> str:
    usage = style.usage(tongue)
    for pattern, written in _words(style.model_dump_json(), tongue):
        text = pattern.sub(written, text)
    if usage.full_width:
        text = _NARROW.sub(lambda found: _WIDE[found[1] or found[2]], text)
        text = _BRACKETS.sub(lambda found: f"（{found[1] or found[2]}）", text)
        text = _STOP.sub("。", text)
    text = _SPACES.sub(" ", text)
    if tongue == "zh" and usage.spacing != "as-is":
        text = _BEFORE_SIGN.sub("", _HYPHEN.sub("-", text))
        text = _MEETS.sub("" if usage.spacing == "tight" else " ", text)
    return text


@cache
def _words(style_as_json: str, tongue: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is written instead of what; longer words first, so that none is eaten by a shorter."""
    style = Style.model_validate_json(style_as_json)
    usage = style.usage(tongue)
    table = dict.fromkeys(usage.banned, "") | dict(usage.instead)
    table |= {met: name for name, others in style.names.items() for met in others}
    ordered = sorted(table.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((_word(met), written.replace("\\", r"\\")) for met, written in ordered)


def _word(word: str) -> re.Pattern[str]:
    """A word with its borders: Latin letters must not go on at either end."""
    left = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", word) else ""
    right = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", word) else ""
    return re.compile(f"{left}{re.escape(word)}{right}")
