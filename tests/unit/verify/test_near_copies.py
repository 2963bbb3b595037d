"""One word of the report's own sentence changed: a denial, a rank, a quotation, a tier, a clock."""

from __future__ import annotations

import pytest

from ribao.language.directions import find_negations
from ribao.model import Verdict
from tests.unit.verify.test_ways import failing

ZH = (
    "新规将于明年施行。网上流传的搬迁消息不属实。增资完成后各方持股比例不变。对传闻公司无法置评。"
    "主营业务未发生重大变化。该机型有望在宁波量产。海外销量同比增长13倍。库存占比下降至30%。青塘建成国内首个潮汐电站。该电站是全省最大的电站之一。"
    "云杉是唯一获得牌照的企业。陆青河夺得省冠军。入冬以来全市公园的客流创下历史新高。松塘有全县最长的廊桥。该灯塔由MiMo-V2-Flash驱动。各方并不认为这意味着涨价。"
)
EN = (
    "The verdict on the harbour firm is likely to stand. The plan is non-binding for the towns. "
    "The lamp is harmless to birds. Sales of lamps rose by 40% in May. "
    "The committee does not expect that fees will rise. Brindle is Europe's largest maker of oars. "
    "It is one of the oldest yards on the coast. Halden built the first electric ferry. "
    "The yard opened at 5:30 pm on Monday. It runs on Gemini 3 Flash since May. "
    "Mona Ellery became the top rower of the club. It is the only dock with a crane."
)


def near(text: str, word: str, put: str) -> str:
    """The sentence of a report that has a word, with another one put for it."""
    mark = "。" if "。" in text else ". "
    sentence = next(one for one in text.split(mark) if word in one).strip(" .。") + mark.strip()
    assert not failing(sentence, text)
    return sentence.replace(word, put)


@pytest.mark.parametrize(
    ("word", "put"),
    [
        ("将于", "将不于"),
        ("不属实", "属实"),
        ("比例不变", "比例变"),
        ("无法", "可以"),
        ("未发生", "已发生"),
        ("有望", "无望"),
    ],
)
def test_a_denial_of_one_sign_is_seen(word: str, put: str) -> None:
    """A 不, 未 or 无 that was put in, left out or turned into its contrary."""
    found = failing(near(ZH, word, put), ZH)
    assert any(one.verdict == Verdict.CONTRADICTED for one in found)


@pytest.mark.parametrize(
    ("word", "put"),
    [("likely", "unlikely"), ("non-binding", "binding"), ("harmless", "harmful")],
)
def test_a_denial_of_one_syllable_is_seen(word: str, put: str) -> None:
    """An English word that was put for the one that it denies."""
    found = failing(near(EN, word, put), EN)
    assert any(one.verdict == Verdict.CONTRADICTED for one in found)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("各方认为这并不意味着涨价。", ZH),  # the "not" went to the other verb
        ("该机型未来有望在宁波量产。", ZH),
        ("The committee expects that fees will not rise.", EN),
    ],
)
def test_a_denial_in_another_place_passes(sentence: str, text: str) -> None:
    """What is denied in other words, and a sign that denies nothing."""
    assert not [one for one in failing(sentence, text) if one.kind == "negation"]


@pytest.mark.parametrize(
    ("text", "word", "put"),
    [
        (ZH, "增长13倍", "增长至13倍"),
        (ZH, "增长13倍", "增长至近13倍"),
        (ZH, "下降至30%", "下降30%"),
        (EN, "by 40%", "to 40%"),
        (EN.replace("by 40%", "by more than 40%"), "by more", "to more"),
    ],
)
def test_growth_by_an_amount_is_no_growth_to_it(text: str, word: str, put: str) -> None:
    """The figure is the report's, and what is said of it is not: both words are shown."""
    found = failing(near(text, word, put), text)
    assert [one.kind for one in found] in (["multiple"], ["percent"])
    assert found[0].expected != found[0].claim


def test_growth_that_amounts_to_something_is_growth_by_it() -> None:
    """增长达40% says 增长40%."""
    assert not failing("公司销量增长40%。", "公司销量增长达40%。")


@pytest.mark.parametrize(
    ("text", "word", "put", "verdict"),
    [
        (ZH, "国内首个", "国内又一个", Verdict.CONTRADICTED),
        (ZH, "国内首个", "国内第二个", Verdict.UNSUPPORTED),
        (ZH, "国内首个", "全球首个", Verdict.CONTRADICTED),
        (ZH, "的电站之一", "的电站", Verdict.CONTRADICTED),
        (ZH, "全省最大", "全省较大", Verdict.UNSUPPORTED),
        (ZH, "唯一", "其中一家", Verdict.CONTRADICTED),
        (ZH, "冠军", "亚军", Verdict.CONTRADICTED),
        (ZH, "历史新高", "近期高点", Verdict.UNSUPPORTED),
        (ZH, "最长", "最短", Verdict.UNSUPPORTED),
        (EN, "Europe's largest", "the largest", Verdict.CONTRADICTED),
        (EN, "Europe's largest", "Europe's large", Verdict.UNSUPPORTED),
        (EN, "one of the oldest", "the oldest", Verdict.CONTRADICTED),
        (EN, "the first", "the second", Verdict.CONTRADICTED),
        (EN, "the top", "the second", Verdict.CONTRADICTED),
        (EN, "the only", "the third", Verdict.CONTRADICTED),
    ],
)
def test_another_rank_in_the_place_of_one_is_seen(
    text: str, word: str, put: str, verdict: Verdict
) -> None:
    """Another rank is contradicted; a weaker word is not in the report."""
    found = failing(near(text, word, put), text)
    assert verdict in {one.verdict for one in found}


@pytest.mark.parametrize(
    ("text", "word", "put"),
    [
        (ZH, "国内首个", "全国第一个"),  # the same in other words
        (ZH, "国内首个", "国内头一个"),
        (ZH, "冠军", "第一名"),
        (ZH, "国内首个", "国内"),  # a rank that is left out is claimed no more
        (EN, "largest", "biggest"),
        (EN, "the first", "an"),
        (EN, "the top", "one of the top"),
    ],
)
def test_the_same_rank_and_none_at_all_pass(text: str, word: str, put: str) -> None:
    """What says the same, and what says less without a rank of its own."""
    assert not failing(near(text, word, put), text)


SAID_ZH = "青塘市将举办“机器视觉技术沙龙”。局长要求“统筹规划，急用先行，分步推进”，并称工期很紧。"
SAID_EN = (
    "Ellery called the offer “just below the price of a good boat” in May. "
    "She said “the yard is full, and the crew is tired” on Monday."
)


@pytest.mark.parametrize(
    ("text", "word", "put"),
    [
        (SAID_ZH, "机器视觉技术沙龙", "机器视觉技术"),
        (SAID_ZH, "急用先行", "急用"),
        (SAID_EN, "just below", "below"),
        (SAID_EN, "the crew is tired", "the crew is"),
    ],
)
def test_words_dropped_from_a_quotation_are_seen(text: str, word: str, put: str) -> None:
    """Between the same marks stands less than was said: the whole saying is shown."""
    found = failing(near(text, word, put), text)
    assert [(one.kind, word in one.expected) for one in found] == [("quotation", True)]


@pytest.mark.parametrize(
    ("text", "word", "put"),
    [
        (SAID_ZH, "，分步推进”", "”"),  # up to a comma
        (SAID_EN, "“just below", "just “below"),  # the word stands before the marks
        (SAID_EN, ", and the crew is tired”", "”"),
        (SAID_EN, "the crew is tired", "… tired"),  # the gap is shown
    ],
)
def test_a_saying_may_be_quoted_in_part(text: str, word: str, put: str) -> None:
    """Where it is cut at a border, or says that something was left out."""
    assert not failing(near(text, word, put), text)


@pytest.mark.parametrize(
    ("text", "word", "put"),
    [
        (EN, "5:30 pm", "5:30 am"),
        (EN, "Gemini 3 Flash", "Gemini 3"),
        (ZH, "MiMo-V2-Flash", "MiMo-V2"),
    ],
)
def test_what_stands_behind_a_time_or_a_name_belongs_to_it(text: str, word: str, put: str) -> None:
    """Another half of the day, another model: both are shown."""
    found = failing(near(text, word, put), text)
    assert [(one.claim, one.expected) for one in found] == [(put, word)]


def test_a_number_cut_from_what_it_belongs_to_is_no_copy() -> None:
    """$3 of "$3 million" is no part of the report, though every letter of it stands there."""
    text = "The yard was bought for $3 million. The crew prefers the Oar 10 Plus by far."
    assert failing("The yard was bought for $3", text)
    assert failing("The crew prefers the Oar 10 by far.", text)
    assert not failing("The yard was bought for $3 million", text)


def test_a_free_telling_may_call_a_model_by_its_family() -> None:
    """Only in the report's own sentence is a tier lost."""
    assert not failing("Since May the yard has been run with Gemini 3.", EN)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("公司营收37亿元，较上年同期增长2.7%。", "公司营收37亿元，同比增长2.7%。"),
        ("公司营收37亿元，比去年同期增长2.7%。", "公司营收37亿元，同比增长2.7%。"),
        ("公司营收37亿元，较上月增长2.7%。", "公司营收37亿元，环比增长2.7%。"),
        ("Sales rose 2.7% from a year earlier.", "Sales rose 2.7% year-on-year."),
        ("董事拟减持不逾10万股。", "董事拟减持不超过10万股。"),
        ("The index declined to 52.9 in May.", "The index fell to 52.9 in May."),
        ("自1988年以来指数增长一倍。", "自1988年以来指数翻了一番。"),
        ("今年以来已有4家企业上市。", "2025年以来已有4家企业上市。"),
    ],
)
def test_other_words_for_the_same_basis_bound_and_change_pass(told: str, text: str) -> None:
    """What a year is compared with, "at most", a fall to a figure, doubled, this year's months."""
    assert not failing(told, text)


def test_another_basis_is_seen() -> None:
    """What grew against the month before did not grow against the year before."""
    assert failing("公司营收37亿元，较上年同期增长2.7%。", "公司营收37亿元，环比增长2.7%。")
    assert find_negations("The firm declined to talk.")
    assert not find_negations("The index declined to about 52.9.")


@pytest.mark.parametrize(
    ("text", "word", "put"),
    [
        ("The yard reported its seventh monthly loss in a row.", "loss", "gain"),
        ("Orders for oars are much stronger than they were in May.", "stronger", "weaker"),
        ("松塘影院将把放映延长至一月底。", "延长", "缩短"),
        ("青塘十一月的客流低于市里的预期。", "低于", "超过"),
    ],
)
def test_the_contrary_word_in_the_same_place_is_seen(text: str, word: str, put: str) -> None:
    """A loss told as a gain, longer as shorter."""
    assert failing(near(text, word, put), text)
