"""What the extractive writer makes of the recorded days: how much of it can be read, and proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bench.editions import DAYS, choose
from ribao.config import VerifySettings, WriteSettings
from ribao.language.tongues import tongue_of
from ribao.model import Article, Document, DocumentId, Sentence, Story, Verdict, by_id
from ribao.verify import verify
from ribao.write import write
from ribao.write.passages import length

ENDS = "。！？!?.”’」』）)\"'"


@dataclass(frozen=True, slots=True)
class Reading:
    """One day's articles as a reader meets them."""

    articles: tuple[Article, ...]
    language: str
    failing: int  # claims that verify calls unsupported or contradicted
    flaws: tuple[str, ...]  # sentences cut off, said twice, or longer than the settings allow

    @property
    def told(self) -> int:
        """Articles with a paragraph."""
        return sum(bool(one.paragraph) for one in self.articles)

    @property
    def own_headlines(self) -> int:
        """Articles whose headline is in the language of the edition."""
        return sum(
            tongue_of(one.headline.text, one.language) == self.language for one in self.articles
        )

    @property
    def bullets(self) -> int:
        """Bullets of all articles."""
        return sum(len(one.insights) for one in self.articles)


def sentences(article: Article) -> Sequence[Sentence]:
    """All printed sentences of an article."""
    bullets = [sentence for one in article.insights for sentence in one.sentences]
    return (article.headline, *article.paragraph, *bullets)


def whole(sentence: Sentence, documents: Mapping[DocumentId, Document]) -> bool:
    """Tell whether a sentence ends with its end mark, or where its summary says that it ended."""
    (citation,) = sentence.citations
    rest = documents[citation.document_id].text[citation.end :]
    return sentence.text[-1] in ENDS or rest.strip() == "..."


def flaws_of(article: Article, documents: Mapping[DocumentId, Document]) -> list[str]:
    """What a sub-editor would send back."""
    found = []
    texts = [one.text for one in article.paragraph]
    quoted = [one for one in article.paragraph if one.kind != "computed"]
    from_text = [one for one in quoted if one.citations[0].field == "text"]
    found += [f"cut off: {one.text}" for one in from_text if not whole(one, documents)]
    found += [f"dots: {text}" for text in texts if text.endswith(("…", "..."))]
    found += [f"twice: {text}" for text in texts if texts.count(text) > 1]
    settings = WriteSettings()
    for tongue, room in (("zh", settings.paragraph_characters), ("en", settings.paragraph_words)):
        own = [text for text in texts if tongue_of(text, "") == tongue]
        if len(own) > 1 and sum(length(text, tongue) for text in own) > room:
            found.append(f"too long: {own[0]}")
    return found


def read(day: str, language: str) -> Reading:
    """Write a recorded day up and have it checked."""
    stories: Sequence[Story] = choose(day, language).outcome.kept
    now = max(one.published_at for story in stories for one in story.documents)
    articles = write(stories, WriteSettings(), language=language, now=now).kept
    evidence = {story.id: story.documents for story in stories}
    settings = VerifySettings(on_failure="report")
    checked = verify(articles, evidence, settings, day=date.fromisoformat(day)).kept
    findings = [one for article in checked for said in sentences(article) for one in said.findings]
    bad = {Verdict.CONTRADICTED, Verdict.UNSUPPORTED}
    documents = by_id([document for story in stories for document in story.documents])
    flaws = tuple(flaw for article in articles for flaw in flaws_of(article, documents))
    return Reading(articles, language, sum(one.verdict in bad for one in findings), flaws)


def main() -> None:
    """Print a table: one line for each day and language."""
    print(
        f"{'day':<12}{'':<4}{'articles':>9}{'told':>6}{'own':>5}{'bullets':>9}{'flaws':>7}{'failing':>9}"
    )
    for day in DAYS:
        for language in ("zh", "en"):
            found = read(day, language)
            print(
                f"{day:<12}{language:<4}{len(found.articles):>9}{found.told:>6}"
                f"{found.own_headlines:>5}{found.bullets:>9}{len(found.flaws):>7}{found.failing:>9}"
            )
            for flaw in found.flaws:
                print(f"    {flaw[:100]}")
