"""How fast text is cut into sentences and words, on recorded entries, and how the time grows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from bench._days import SHARED, day_documents
from ribao.language.scripts import detect_language
from ribao.language.sentences import split_sentences
from ribao.language.words import bigrams, words

DAY = "2025-12-19"
HOSTILE = ("(a. ", "....", "1. A 2. B ", "“你好。”", "a.b.c. The ", "《", "Mr. J. I. ")
GROWTH = 100_000  # characters; the larger text is twice as long


def seconds(reader: Callable[[str], object], texts: Sequence[str]) -> float:
    """Processor time of reading all texts."""
    start = time.process_time()
    for text in texts:
        reader(text)
    return time.process_time() - start


def main() -> None:
    """Print speed by language, and for each hostile text how much longer twice as much takes."""
    documents = day_documents(SHARED / "replay" / f"{DAY}.warc.gz")
    readers: tuple[Callable[[str], object], ...] = (
        split_sentences,
        words,
        bigrams,
        detect_language,
    )
    print("                      " + "".join(f"{reader.__name__:>18}" for reader in readers))
    for language in ("zh", "en"):
        texts = [one.text for one in documents if one.language == language and one.text]
        letters = sum(map(len, texts)) / 1e6
        speeds = [letters / seconds(reader, texts) for reader in readers]
        print(f"{language}, million char./s   " + "".join(f"{speed:18.2f}" for speed in speeds))
    print("\nhostile text     s for twice as much / s for once (2.0 is linear)")
    for piece in HOSTILE:
        text = piece * (GROWTH // len(piece))
        once, twice = (seconds(split_sentences, [text * times]) for times in (4, 8))
        print(f"{piece!r:16}{twice / once:6.2f}")


if __name__ == "__main__":
    main()
