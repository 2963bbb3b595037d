"""Sentences end where a reader would stop."""

from __future__ import annotations

import pytest

from ribao.language.sentences import split_sentences

CASES = {
    "plain": "The boat left.| It was late.",
    "question": "Who paid?| Nobody did!| Then the bank called.",
    "several marks": "Really?!| Yes!!| Fine.",
    "title": "Dr. Marsh met Mr. Fen and Prof. Lune.| They talked.",
    "initial": "Ada B. Marsh and J. R. Fen wrote it.| It sold.",
    "pronoun": "Only Bo and I.| Did Ada I. Marsh come?",
    "company": "Zorblax Inc. bought Skerry Ltd. last year.| Tollund Co.| The yard is next.",
    "country": "Sales in the U.S. Treasury market rose.| She left the U.S.| He stayed there.",
    "clock": "At 7 a.m. Mr. Fen rang.| The meeting that day began at 9 a.m.| The mayor spoke.",
    "number": "See No. 7 and Fig. 3.| Pages pp. 4-9 follow.",
    "month": "It ends on Sept. 5, they said.| It began in Sept.| The rest is known.",
    "decimal": "It rose 3.5 percent to $1.25 billion.| Version 2.0.1 shipped.",
    "address": "Read https://lamp.example/a.b/c.html. |Write to ada.marsh@lamp.example. |Bye.",
    "product": "It runs on Node.js and ASP.NET.| Character.AI does not.",
    "quotation": '"It is late." she said.| "Go home." |He went.',
    "quotation inside": "She said, “It is late.”| Then she left.",
    "bracket": "The yard (it opened in 1911. Nobody recalls it.) was sold.| It closed.",
    "footnote": "The yard was sold.[3] |It closed.",
    "ellipsis": "It was ... well, late.| He never came.... |She left.",
    "spaced ellipsis": "It was . . . late.| It ended. . . . |She left.",
    "own mark": "She works at Yahoo! Mail now.| Fine.",
    "lower case after": "The question is who? or what? in the end.",
    "camel case": "Prices fell. |iPhones sold well.",
    "no space": "The firm grew.|The company hired.",
    "for example": "Many boats, e.g. Ferries, i.e. Ships, vs. Trains, stay.",
    "numbered list": "1. Buy boats |2. Sell boats |3. Rest",
    "bracketed list": "Steps: |1) Buy boats. |2) Sell boats.",
    "bullets": "• Buy boats |• Sell boats",
    "lines": "A heading|\nA sentence|\n\nAnother",
    "zh": "渡轮晚点了。|为什么？|没人知道！|市长道歉。",
    "zh quotation": "市长说：“船会来的。”|随后他离开了。",
    "zh work title": "他看了《海边的人！》这部电影。|很好。",
    "zh bracket": "该公司（成立于1911年。总部在雾港。）被收购。|价格未公布。",
    "zh decimal": "营收35.6亿元，增长12.5%。|净利2.1亿元。",
    "zh latin": "雾港发布QuuxDB 4.2。|Node.js版本稍后推出。",
    "zh pause": "他说……再看看吧。|好。",
    "zh half stop": "价格是20元.|公司没有回应.|谢谢",
    "zh list": "1.第一项很长。|2.第二项也长。",
}


@pytest.mark.parametrize("name", CASES)
def test_sentences_end_where_a_reader_stops(name: str) -> None:
    """Each case is a text with a bar at every end."""
    marked = CASES[name]
    wanted = [piece.strip() for piece in marked.split("|")]
    assert [span.text for span in split_sentences(marked.replace("|", ""))] == wanted


def test_spans_stand_in_their_text() -> None:
    """A span is the piece of the text between its offsets."""
    text = "  One.  Two!\n\n三。 "
    for span in split_sentences(text):
        assert text[span.start : span.end] == span.text
