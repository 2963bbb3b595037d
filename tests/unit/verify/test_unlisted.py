"""Claims that no list holds: names by their place and sound, shares and ranks without a figure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ribao.language.sounds import may_be_heard, may_begin
from ribao.model import Citation, Document, DocumentId, Finding, ItemId, Sentence, SourceId, Verdict
from ribao.verify.claims import find_claims
from ribao.verify.evidence import Library
from ribao.verify.proof import FAILED, prove
from tests.unit.verify.proving import document

DAY = date(2025, 6, 2)
ZH = (
    "云杉公司高管塞缪尔·霍尔布鲁克周一接任，此前由奥利维亚·麦坎负责。"
    "陆鹤坊与云杉合作推出手环，58%的门店已经开始免费发放。它是国内最安静的款式，用一张照片就能定制。"
)
EN = (
    "Samuel Holbrook took over at Brindle on Monday from Olivia McCann. "
    "More than half of the shops give the bracelet away for free, and a single photo is enough."
)


def failing(sentence: str, text: str, language: str = "zh") -> list[str]:
    """The words of a sentence that fail against one report."""
    found = proved(sentence, document(text), language)
    return [it.claim for it in found if it.verdict in FAILED and it.kind != "statement"]


def proved(sentence: str, report: Document | None, language: str = "zh") -> tuple[Finding, ...]:
    """All findings on a sentence."""
    reports = [report] if report else []
    cited = tuple(Citation(one.id, "") for one in reports)
    passages = Library().passages(reports)
    return prove(Sentence(sentence, cited), passages, day=DAY, language=language)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("由资深高管塞缪尔·霍尔布鲁克接任负责人", ["塞缪尔·霍尔布鲁克"]),
        ("作家奥利维亚·麦坎和科马克·麦卡锡等到场", ["奥利维亚·麦坎", "科马克·麦卡锡"]),
        ("外援弗雷德里克•乌尔维斯塔德于近日加盟", ["弗雷德里克•乌尔维斯塔德"]),
        ("负责硬件，陆鹤坊合作打造外观", ["陆鹤坊"]),
        ("联合陆鹤坊设计外观", ["陆鹤坊"]),
        ("由山雀湾、陆鹤坊等品牌供货", ["陆鹤坊"]),
        ("公司宣布，双方合作推出新品", []),
        ("与用户共同打造社区", []),
        ("“第一·第二·第三”三个方案", []),
    ],
)
def test_names_in_chinese_letters_are_told_by_sound_and_place(
    sentence: str, names: list[str]
) -> None:
    """A dot between foreign signs, or the place of a firm, makes a name of unlisted words."""
    found = [c.text for c in find_claims(sentence, "zh", DAY) if c.family == "name"]
    assert [name for name in found if name in names] == names
    assert len(found) <= len(names) + ("山雀湾" in sentence)


@pytest.mark.parametrize(
    ("sentence", "text", "failed"),
    [
        ("周一起由塞缪尔·霍尔布鲁克接任。", ZH, []),
        ("周一起由塞缪尔・霍尔布鲁克接任。", ZH, []),
        ("周一起由塞缪尔·霍尔布鲁克接任。", EN, []),
        ("周一起由塞缪尔·汤普金斯接任。", ZH, ["塞缪尔·汤普金斯"]),
        ("周一起由塞缪尔·汤普金斯接任。", EN, ["塞缪尔·汤普金斯"]),
        ("手环是与陆鹤坊合作的。", ZH, []),
        ("手环是与梅鹤坊合作的。", ZH, ["梅鹤坊"]),
    ],
)
def test_an_unlisted_name_must_stand_in_a_report(
    sentence: str, text: str, failed: list[str]
) -> None:
    """In its letters, with any dot, or across languages by its sound."""
    assert failing(sentence, text) == failed


@pytest.mark.parametrize(
    ("han", "latin", "family", "given"),
    [
        ("霍尔布鲁克", "Holbrook", True, True),
        ("布朗", "Brown", True, True),
        ("奥特曼", "Altman", True, True),
        ("约翰", "John", False, True),
        ("史密斯", "Jones", False, True),
        ("彼得", "Mary", False, False),
    ],
)
def test_a_sound_is_heard_loosely_in_a_given_name(
    han: str, latin: str, *, family: bool, given: bool
) -> None:
    """The whole of a family name, the beginning of a given one; 约 and 翰 may be any sound."""
    assert (may_be_heard(han, latin), may_begin(han, latin)) == (family, given)


@pytest.mark.parametrize(
    ("sentence", "text", "failed"),
    [
        ("超半数门店开始发放。", ZH, []),
        ("半数以上的门店开始发放。", EN, []),
        ("近三成门店开始发放。", ZH, ["三成"]),
        ("手环免费发放。", EN, []),
        ("The bracelet is given away for free.", EN, []),
        ("手环完全免费。", "陆鹤坊与云杉合作推出手环，售价99元。", ["完全免费"]),
        ("仅需一张照片就能定制。", EN, []),
        ("这是国内最安静的款式。", ZH, []),
        ("这是国内最活跃的款式。", "陆鹤坊与云杉合作推出手环，款式很多。", ["最活跃"]),
        ("大部分门店已经开始发放。", ZH, []),
    ],
)
def test_amounts_and_ranks_without_a_figure(sentence: str, text: str, failed: list[str]) -> None:
    """More than half, for free, a single one, the most ... of all: each is looked for."""
    assert failing(sentence, text) == failed


@pytest.mark.parametrize(
    ("sentence", "kind", "said"),
    [
        ("云杉的门店正在从南方城市向北方城市扩展，店员培训由总部负责", "fact", Verdict.UNSUPPORTED),
        (
            "云杉的门店正在从南方城市向北方城市扩展，店员培训由总部负责",
            "inference",
            Verdict.OPINION,
        ),
        ("大家早上好！", "fact", None),
        ("你会怎样看待门店从南方城市向北方城市扩展这件事情呢？", "fact", None),
    ],
)
def test_without_reports_a_sentence_is_one_claim(
    sentence: str, kind: str, said: Verdict | None
) -> None:
    """Where nothing can be looked up, a statement is named as a whole, an inference as such."""
    found = prove(Sentence(sentence, (), kind=kind), (), day=DAY, language="zh")
    assert [one.verdict for one in found] == ([said] if said else [])


PINYIN = "凌川航天总设计师余承志周一说，可回收火箭飞廉二号将飞行二十次。"


@pytest.mark.parametrize(
    ("sentence", "text", "failed"),
    [
        ("Lingchuan Aerospace's rocket is called Feilian-2.", PINYIN, []),
        ("The rocket will fly again, chief designer Yu Chengzhi said.", PINYIN, []),
        ("The rocket will fly again, chief designer Lu Haitao said.", PINYIN, ["Lu Haitao"]),
        ("Hongshan Aerospace said it will fly again.", PINYIN, ["Hongshan Aerospace"]),
        ("The rocket is called Feilian-3.", PINYIN, ["Feilian-3"]),
        ("The shop is in Denmark.", "The Danish shop opened on Monday.", []),
        ("The shop is in Denmark.", "The Swedish shop opened on Monday.", ["Denmark"]),
    ],
)
def test_a_name_is_borne_out_however_it_is_written(
    sentence: str, text: str, failed: list[str]
) -> None:
    """Chinese names by their pinyin, places by their peoples."""
    assert failing(sentence, text, "en") == failed


def test_a_translation_shares_no_words_with_its_report() -> None:
    """Whether a sentence is invented is not asked where what it cites is in another language."""
    other = "云杉的门店正在向北方扩展。店员培训由总部负责。"
    reports = [
        Document(
            id=DocumentId(name),
            item_id=ItemId(name),
            source_id=SourceId("wire"),
            url=f"https://wire.example/{name}",
            title="",
            text=text,
            language=language,
            published_at=datetime(2025, 6, 2, 9, tzinfo=UTC),
            extracted_by="feed",
        )
        for name, text, language in (("a", EN, "en"), ("b", other, "zh"))
    ]
    sentence = (
        "有关方面认为春天之前看不到任何好转的迹象和理由，商户纷纷关闭门店，顾客四处寻找替代品。"
    )
    passages = Library().passages(reports)
    for name, says in (("a", []), ("b", ["statement"])):
        cited = Sentence(sentence, (Citation(DocumentId(name), ""),))
        found = prove(cited, passages, day=DAY, language="zh")
        assert [one.kind for one in found if one.verdict in FAILED] == says
