"""The letter that asks whether it was really you who subscribed (double opt-in)."""

from __future__ import annotations

from dataclasses import dataclass

from ribao.catalogue import say
from ribao.publish.html import tag
from ribao.publish.mail.letter import SANS, SERIF, Letter, environment, to_html
from ribao.publish.sanitise import plain

CONFIRM = "https://confirm.invalid/"  # stands for the address until the letter is sent


@dataclass(frozen=True, slots=True)
class _Page:
    """What the template asks for."""

    paper: str
    language: str
    link: str = CONFIRM
    fonts: str = SERIF
    plain_fonts: str = SANS

    def say(self, key: str) -> str:
        return say(f"deliver-confirm-{key}", self.language, paper=self.paper)

    @property
    def lang(self) -> str:
        return tag(self.language)

    @property
    def subject(self) -> str:
        return self.say("subject")

    @property
    def ask(self) -> str:
        return self.say("ask")

    @property
    def yes(self) -> str:
        return say("deliver-confirm-yes", self.language)

    @property
    def ignore(self) -> str:
        return say("deliver-confirm-ignore", self.language)


def confirmation(paper: str, language: str) -> Letter:
    """The letter of a paper, in a language."""
    page = _Page(plain(paper), language)
    markup = environment().get_template("confirm.mjml.j2").render(page=page)
    text = f"{page.ask}\n\n{CONFIRM}\n\n{page.ignore}\n"
    return Letter(page.subject, to_html(markup), text)
