"""Who did what to whom, told in other words than the report's and in the other language."""

from __future__ import annotations

import pytest

from ribao.verify.claims import NAME, Claim
from ribao.verify.judges.deeds import deeds_in
from ribao.verify.readers import Person
from tests.unit.verify.proving import failing

EN = (
    "Brindle Robotics, which uses chips from Marlow, bought the firm Tolland for $40 million. "
    "The airline Norvik sued the engine maker Harbeck in May. "
    "A court ordered Larkfield to pay Ostrander Labs $3 million. "
    "Plessy outbid the broadcaster Canal Vega for the rights to two leagues. "
    "Quill Media was taken over in March by Sandoval Group."
)
ZH = "瑞汐科技周一宣布收购途翎科技，价格为3亿元。凌弛科技去年被瑞汐科技起诉。"


def _name(text: str, name: str) -> Claim:
    start = text.index(name)
    return Claim(start, start + len(name), name, NAME, NAME, Person(start, 0, name))


@pytest.mark.parametrize(
    ("text", "by", "to"),
    [
        ("Brindle acquired Tolland", "Brindle", "Tolland"),
        ("Brindle, which bought chips, will acquire the firm Tolland", "Brindle", "Tolland"),
        ("Tolland was acquired in May by Brindle", "Brindle", "Tolland"),
        ("Tolland was acquired, said Brindle", "", "Tolland"),
        ("Brindle won $3m from Tolland", "Tolland", "Brindle"),
        ("Brindle's rivals bought Tolland", "", "Tolland"),
        ("Brindle is taking the lab Tolland to court", "Brindle", "Tolland"),
        ("Brindle buys a third of its sand from Tolland", "Tolland", "Brindle"),
        ("Brindle, which was bought by Tolland in May, denies this", "Tolland", "Brindle"),
        ("Brindle knocked Tolland out of the cup", "Brindle", "Tolland"),
        ("Brindle said the lab Tolland was bought", "", "Tolland"),
        ("Brindle took over from Tolland", "Brindle", "Tolland"),
        ("Brindle lost the case to Tolland", "Tolland", "Brindle"),
        ("云杉周一收购鹤湾", "云杉", "鹤湾"),
        ("云杉把鹤湾告上法庭", "云杉", "鹤湾"),
        ("云杉从鹤湾进口煤炭", "鹤湾", "云杉"),
        ("云杉须向鹤湾支付赔款", "云杉", "鹤湾"),
        ("云杉首次超过鹤湾", "云杉", "鹤湾"),
        ("云杉不敌鹤湾", "鹤湾", "云杉"),
        ("鹤湾昨日被云杉收购", "云杉", "鹤湾"),
        ("云杉表示，收购鹤湾", "", "鹤湾"),
    ],
)
def test_the_sides_of_a_deed_are_read_from_its_form(text: str, by: str, to: str) -> None:
    """Active or passive, across asides, and open where no name is the side."""
    sides = [name for name in ("Brindle", "Tolland", "云杉", "鹤湾") if name in text]
    (deed,) = [d for d in deeds_in(text, sorted(_name(text, it) for it in sides)) if d.key]
    assert (deed.by.text if deed.by else "", deed.to.text if deed.to else "") == (by, to)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tolland bought Brindle Robotics for $40m.",
        "In a deal worth $40m Brindle Robotics was bought by Tolland.",
        "Harbeck, which makes engines, has sued Norvik.",
        "Larkfield won $3m from Ostrander Labs in court.",
        "Plessy was outbid by Canal Vega.",
        "Quill Media took over Sandoval Group this spring.",
    ],
)
def test_a_deed_told_the_other_way_round_is_seen(sentence: str) -> None:
    """One of both on the side of the other is enough where the report's other side is open."""
    assert [one.kind for one in failing(sentence, EN, "en")] == ["role"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tolland, a software firm, was bought by Brindle Robotics for $40m.",
        "Brindle has taken over Tolland.",
        "Harbeck was sued by the airline Norvik.",
        "Ostrander won $3m from Larkfield in court.",
        "Canal Vega was outbid for two leagues.",
        "Sandoval took over Quill Media this spring.",
    ],
)
def test_the_right_way_round_passes_in_any_form(sentence: str) -> None:
    """Active for passive, winning for being paid, the short form of a name."""
    assert failing(sentence, EN, "en") == []


def test_another_one_of_the_same_sentence_did_it() -> None:
    """Both names stand in the report's sentence; the deed tells whose it was."""
    text = (
        "Claymont Health, which builds tools on models from Oravel, signed a contract on Monday "
        "with the hospital group Meridian Care to write letters at 46 hospitals."
    )
    told = "{} signed a deal with Meridian Care on Monday to write letters at 46 hospitals."
    assert failing(told.format("Claymont Health"), text, "en") == []
    (found,) = failing(told.format("Oravel"), text, "en")
    assert (found.claim, found.expected) == ("Oravel", "Claymont Health")


def test_a_noun_is_no_deed() -> None:
    """A purchase, its launch: what stands behind an article is no verb."""
    text = "Brindle delayed the second purchase of Tolland. Tolland bought a yard from Brindle."
    assert failing("Brindle has put off its purchase of Tolland.", text, "en") == []


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("途翎科技将以3亿元买下瑞汐科技。", ["role"]),
        ("途翎科技将被瑞汐科技以3亿元买下。", []),
        ("瑞汐科技去年遭凌弛科技起诉。", ["role"]),
        ("瑞汐科技去年起诉凌弛科技。", []),
    ],
)
def test_the_same_in_chinese(sentence: str, kinds: list[str]) -> None:
    """被, 遭 and 由 turn the sides."""
    assert [one.kind for one in failing(sentence, ZH, "zh")] == kinds


def test_across_languages_a_deed_is_the_same() -> None:
    """Latin names stand in both; the verbs are of one class."""
    text = "引擎制造商Harbeck今年5月起诉航空公司Norvik。"
    assert [one.kind for one in failing(text, EN, "zh")] == ["role"]
    assert failing("航空公司Norvik今年5月起诉Harbeck。", EN, "zh") == []
