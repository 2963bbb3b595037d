"""Ways to make a sentence false with the report's own words: all seen, and the true forms pass."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.model import Citation, Finding, Sentence, Verdict
from ribao.verify.evidence import Library
from ribao.verify.proof import FAILED, prove
from tests.unit.verify.proving import DAY, document

ZH = (
    "英伟达正洽谈收购云杉实验室，微软表示不会参与。今年9月，辰光科技与谷歌签署协议。"
    "辰光科技营收增长12%，云杉实验室营收增长31%。该交易可能在年底前完成，双方计划设立两家合资公司。"
    "首席执行官贺晓川表示，部分门店将于明天关闭。机器人重5公斤，罚款超过300万元。"
    "基金会将在武汉免费开放展厅。这是公司第一次盈利。（记者沈归帆 路平）三位股东离场。"
)
EN = (
    "Nvidia is in talks to acquire Brindle Robotics, while Microsoft said it would not take part. "
    "Brindle's sales rose 12% and Larkfield's sales rose 31%. The deal may close this year. "
    "Vice President Mona Ellery said the plant will reopen tomorrow. The arm isn't sold in Europe. "
    "The fee is R153 million. The kit costs $30. The plant in Gothenburg made 500 arms. "
    "The two sides, which met on Thursday, could set up a joint venture. "
    "About half of the crew left on December 31. It denied that the plant will close. "
    "The plant will reopen in two days, and it made at least 40 arms."
)


def failing(sentence: str, text: str, day: date = DAY) -> list[Finding]:
    """The failing findings of a sentence that cites a report as a whole."""
    one = document(text)
    cited = Sentence(sentence, (Citation(one.id, text, 0, len(text)),))
    found = prove(cited, Library().passages([one]), day=day, language=one.language)
    return [finding for finding in found if finding.verdict in FAILED]


@pytest.mark.parametrize(
    "false",
    [
        "云杉实验室正洽谈收购英伟达，微软表示不会参与。",  # roles
        "辰光科技营收增长31%，云杉实验室营收增长12%。",  # figures
        "该交易将在年底前完成，双方计划设立两家合资公司。",  # a hedge
        "该交易可能在年底前完成，双方计划设立五家合资公司。",  # 两 is no figure to a reader
        "机器人重5吨，罚款超过300万元。",  # a unit
        "机器人重5公斤，罚款不足300万元。",  # a bound
        "基金会将在成都免费开放展厅。",  # a place
        "基金会将在武汉收费开放展厅。",  # one sign of a word
        "（记者卓文衡 路平）三位股东离场。",  # a name by its title
        "首席执行官贺晓川表示，全部门店将于明天关闭。",  # all of them
        "机器人重5斤，罚款超过300万元。",
        "微软表示会参与，英伟达正洽谈收购云杉实验室。",  # a "not", in clauses that changed places
    ],
)
def test_a_false_turn_of_the_reports_own_words_is_seen_in_chinese(false: str) -> None:
    """Nothing is printed here that the report does not have somewhere, or nearly."""
    assert failing(false, ZH)


@pytest.mark.parametrize(
    "false",
    [
        "Brindle Robotics is in talks to acquire Nvidia, while Microsoft would not take part.",
        "Brindle's sales rose 31% and Larkfield's sales rose 12%.",
        "The deal will close this year.",
        "Vice President Tobias Renfield said the plant will reopen tomorrow.",
        "The arm is sold in Europe.",
        "The fee is R153 billion.",
        "The kit costs $3.",
        "The plant in Lisbon made 500 arms.",
        "The plant in Gothenburg made five arms.",
        "It was said in both rooms that the Canadian side had long been waiting for such a step.",
        "About half of the crew left on 66 December.",
        "The plant will reopen in two weeks, and it made up to 40 arms.",
        "The two sides, which met on Tuesday, could set up a joint venture.",
        "About half of the crew left on November 31.",
        "Microsoft said it would take part, while Nvidia is in talks to acquire Brindle Robotics.",
    ],
)
def test_a_false_turn_of_the_reports_own_words_is_seen_in_english(false: str) -> None:
    """Nothing is printed here that the report does not have somewhere, or nearly."""
    assert failing(false, EN)


@pytest.mark.parametrize(
    ("true", "text"),
    [
        ("微软表示不会参与，英伟达正洽谈收购云杉实验室。", ZH),
        ("今年9月，谷歌与辰光科技签署协议。", ZH),
        ("这是公司首次盈利。", ZH),
        ("机器人重5公斤，罚款超过RMB 3 million。", ZH),
        ("该交易可能在年底前完成，双方计划设立2家合资公司。", ZH),
        ("Larkfield's sales rose 31% and Brindle's sales rose 12%.", EN),
        ("The deal might close this year.", EN),
        ("Ellery spoke for the Nvidian side of the talks in Gothenburg.", EN),
        ("Mona Ellery said the plant will reopen tomorrow.", EN),
    ],
)
def test_the_same_in_other_words_passes(true: str, text: str) -> None:
    """Clauses and names in a row may change places, and a first time is a first time."""
    assert failing(true, text) == []


@pytest.mark.parametrize(
    ("sentence", "text", "later", "passes"),
    [
        ("首席执行官贺晓川表示，部分门店将于明天关闭。", ZH, 0, True),
        ("首席执行官贺晓川表示，部分门店将于明天关闭。", ZH, 1, False),
        ("Vice President Mona Ellery said the plant will reopen tomorrow.", EN, 0, True),
        ("Vice President Mona Ellery said the plant will reopen tomorrow.", EN, 3, False),
        ("It opened today.", "It opened today. The rest follows.", 1, True),
        ("It opened today.", "It opened today. The rest follows.", 2, False),
        ("It is today's largest.", "It is today's largest. The rest follows.", 9, True),
        ("The deal may close this year.", EN, 5, True),
    ],
)
def test_a_word_for_a_day_ages(sentence: str, text: str, later: int, *, passes: bool) -> None:
    """Tomorrow of an older report is another day for the reader, though the report has the word."""
    found = failing(sentence, text, date(2025, 6, 2 + later))
    assert (not found) == passes
    if found:
        assert found[0].kind == "date"
        assert found[0].verdict == Verdict.CONTRADICTED
        assert found[0].evidence is not None


def test_part_of_a_sentence_is_no_copy_of_it() -> None:
    """A copy begins behind a mark and ends where a word ends; else it is looked at as any other."""
    passage = Library().passages([document(EN)])[0]
    start = passage.text.index("the plant will close")
    assert not passage.is_whole(start, start + len("the plant will close"))
    start = passage.text.index("The kit costs $30")
    assert passage.is_whole(start, start + len("The kit costs $30"))
    assert not passage.is_whole(start, start + len("The kit costs $3"))


def test_a_shorter_form_of_a_name_is_the_name() -> None:
    """Of three names of a person two will do, and a name that is nowhere is seen all the same."""
    text = "Vice President Mona Ruth Ellery said that the plant will reopen."
    assert not failing("Vice President Mona Ellery said that the plant will reopen.", text)
    assert failing("Vice President Mona Vale said that the plant will reopen.", text)


WORDED_ZH = "云杉市多部门近日对七家互联网平台进行联合约谈，旨在遏制虚假宣传，副市长到场。"
WORDED_EN = (
    "The regulator said on Monday that its new rules will protect smaller retailers in every town."
)


@pytest.mark.parametrize(
    ("text", "old", "new", "passes"),
    [
        (WORDED_ZH, "遏制", "鼓励", False),
        (WORDED_ZH, "平台", "商店", False),
        (WORDED_ZH, "副市长", "市长", False),
        (WORDED_ZH, "市长", "常务市长", True),
        (WORDED_ZH, "旨在", "意在", True),
        (WORDED_ZH, "近日", "日前", True),
        (WORDED_EN, "protect", "punish", False),
        (WORDED_EN, "retailers", "farmers", False),
        (WORDED_EN, "said", "announced", True),
        (WORDED_EN, "protect", "protects", True),
        (WORDED_EN, "retailers", "retailing shops", True),
    ],
)
def test_a_new_word_in_the_reports_own_sentence(
    text: str, old: str, new: str, *, passes: bool
) -> None:
    """What is put for a word of the report must be in a report, or be used for it by newspapers."""
    assert (not failing(text.replace(old, new, 1), text)) == passes


def test_a_free_telling_may_have_words_of_its_own() -> None:
    """Where more than a word or two is new, the sentence is told freely and judged as a whole."""
    told = (
        "Smaller retailers in every town will be shielded by its rules, the regulator said Monday."
    )
    assert failing(told, WORDED_EN) == []


def test_employees_are_people() -> None:
    """The noun may stand before the figure, whose measure word then names people only."""
    assert failing("它有460名员工。", "公司成立于2011年，员工460人。") == []
    assert failing("它有470名员工。", "公司成立于2011年，员工460人。") != []


def test_a_shorter_clause_is_laid_beside_its_own() -> None:
    """Of two like clauses it has one, in fewer words; a word may point to what was named."""
    parties = (
        "Harbor, which won the spring vote, spent $2,956,737, while the campaign expenditure of "
        "Millers was $2,980,815, and the Drapers spent $1,580,575 and lost all but one of their "
        "seats."
    )
    short = "Harbor, which won the vote, spent $2,956,737, while the Millers spent $2,980,815."
    assert failing(short, parties) == []
    film = (
        "Home of the Brindles is a 1972 drama for television directed by Ann Arbor, produced by "
        "Lee Marsh and shown on Harbor TV on November 28, 1972."
    )
    assert failing(film.replace("Home of the Brindles", "The first"), film) == []
