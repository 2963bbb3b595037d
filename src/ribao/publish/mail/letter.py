"""An edition as a letter: HTML that every mail reader shows alike, and the same as plain text.

The HTML is made by MJML, its styles stand at the elements, and a dark theme comes where the reader
wants one. Gmail hides what lies beyond 102 KB behind a link, so a letter stays below: it carries as
many whole stories as fit, and the button at its end leads to the rest; a paper without a site sends
further letters instead. The address to unsubscribe with is put in when the letter is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ribao.catalogue import say
from ribao.config import PublishSettings
from ribao.errors import ContentError
from ribao.model import Edition
from ribao.publish.chat.bulletin import Bulletin, Piece, bulletin
from ribao.publish.html import Page
from ribao.publish.sanitise import plain
from ribao.publish.setting import summary_lines

LIMIT = 100_000  # bytes of HTML; Gmail's border is 102 KiB less what it adds itself
UNSUBSCRIBE = "https://unsubscribe.invalid/"  # stands for the address until the letter is sent
# Not escaped: an entity in a style sheet would end its declaration.
SERIF = Markup(
    "Charter, 'Iowan Old Style', Georgia, 'Songti SC', 'Noto Serif CJK SC', SimSun, serif"
)
SANS = Markup(
    "'Helvetica Neue', Helvetica, Arial, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', "
    "sans-serif"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail without its recipient."""

    subject: str
    html: str
    text: str


def letters(
    edition: Edition, publish: PublishSettings, *, note: bool = False, detail: str = "full"
) -> tuple[Letter, ...]:
    """The letters of an edition: one, or several where it is too long and has no site to lead to.

    Raises:
        ContentError: one story alone is too long for a letter.
    """
    laid = bulletin(edition, publish, note=note, detail=detail)
    shares = _shares(edition, laid)
    parts = 1 if laid.link else len(shares)
    return tuple(
        _letter(edition, laid, share, _Place(number, parts, len(laid.pieces) - len(share)))
        for number, share in enumerate(shares[:parts], 1)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Which letter of how many, and how many stories it leaves to others."""

    number: int
    parts: int
    missing: int


def _shares(edition: Edition, laid: Bulletin) -> list[Sequence[Piece]]:
    """Whole stories, as many in each letter as fit."""
    rest: Sequence[Piece] = laid.pieces
    shares: list[Sequence[Piece]] = []
    while True:
        count = _fitting(edition, laid, rest, first=not shares)
        if rest and not count:
            raise ContentError("a story is too long for a letter", rest[0].title[:60])
        shares.append(rest[:count])
        rest = rest[count:]
        if not rest:
            return shares


def _fitting(edition: Edition, laid: Bulletin, rest: Sequence[Piece], *, first: bool) -> int:
    """How many of these stories fit into one letter, found by halving."""
    place = _Place(1 if first else 2, 2, len(laid.pieces))

    def fits(count: int) -> bool:
        letter = _letter(edition, laid, rest[:count], place)
        return len(letter.html.encode("utf-8", "replace")) <= LIMIT

    if fits(len(rest)):
        return len(rest)
    low, high = 0, len(rest)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _letter(edition: Edition, laid: Bulletin, share: Sequence[Piece], place: _Place) -> Letter:
    page = _LetterPage(edition, laid, share, place)
    template = environment().get_template("letter.mjml.j2")
    return Letter(page.subject, to_html(template.render(page=page)), page.plain_text())


class _LetterPage:
    """What the template asks for."""

    unsubscribe = UNSUBSCRIBE
    fonts = SERIF
    plain_fonts = SANS

    def __init__(
        self, edition: Edition, laid: Bulletin, share: Sequence[Piece], place: _Place
    ) -> None:
        self._edition, self._laid, self._place = edition, laid, place
        page, first = Page(edition), place.number == 1
        self.lang, self.date, self.weekday, self.count = (
            page.lang, page.date, page.weekday, page.count,
        )  # fmt: skip
        self.leading = "1.8" if edition.language == "zh" else "1.6"
        self.nameplate = plain(edition.category)
        self.mark = laid.part(place.number, place.parts)
        self.title = laid.title
        corrected = bool(edition.correction)
        self.correction = laid.remarks[0] if corrected and first else ""
        self.remarks = laid.remarks[corrected:] if first else ()
        self.summary = [plain(line) for line in summary_lines(edition)] if share and first else []
        self.sections = [
            (title, tuple(pieces)) for title, pieces in groupby(share, lambda one: one.section)
        ]
        self.link = laid.link
        missing = place.missing if laid.link else 0
        self.read_on = (
            self.word("further", count=missing) if missing and share else self.word("read-on")
        )
        self.why = self.word("why", paper=self.nameplate)

    @property
    def subject(self) -> str:
        """The subject of the mail."""
        mark = self.word("correction-mark") if self._edition.correction else ""
        return f"{mark}{self._laid.masthead} · {self.title}{self.mark}"

    @property
    def preview(self) -> str:
        """What mail readers show beside the subject."""
        return self.correction or " · ".join(self.summary[:3]) or self.title

    def word(self, key: str, **values: object) -> str:
        """A word of the letter."""
        return say(f"deliver-{key}", self._edition.language, **values)

    def plain_text(self) -> str:
        """The letter for those who read no HTML."""
        head = [f"{self._laid.masthead}{self.mark}", self.title]
        blocks = ["\n".join(head), *filter(None, [self.correction]), *self.remarks]
        blocks += ["\n".join(f"- {line}" for line in self.summary)] if self.summary else []
        for title, pieces in self.sections:
            blocks.append(f"== {title} ==")
            blocks += [_as_text(piece, self.word("sources")) for piece in pieces]
        if self.link:
            blocks.append(f"{self.read_on}\n{self.link}")
        blocks.append(f"-- \n{self.why}\n{self.word('unsubscribe')}: {UNSUBSCRIBE}")
        return "\n\n".join(blocks) + "\n"


def _as_text(piece: Piece, sources: str) -> str:
    lines = [piece.title if piece.large else f"* {piece.title}"]
    lines += [piece.url] if piece.url else []
    lines += [piece.text] if piece.text else []
    lines += [f"  - {bullet}" for bullet in piece.bullets]
    if piece.sources:
        lines.append(sources + " · ".join(outlet for outlet, _url in piece.sources))
    return "\n".join(lines)


def to_html(mjml: str) -> str:
    """MJML of our own templates as HTML with its styles at the elements; nothing is fetched."""
    import css_inline  # noqa: PLC0415 - only who sends mail needs it
    import mrml  # noqa: PLC0415 - as above

    try:
        page = mrml.to_html(mjml).content
    except OSError as error:  # what the library raises where markup is broken
        raise ContentError("the letter cannot be set", detail=str(error)) from error
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return inliner.inline(page)


@cache
def environment() -> Environment:
    """Where the templates are; everything is escaped that is not ours."""
    return Environment(
        loader=PackageLoader("ribao.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
