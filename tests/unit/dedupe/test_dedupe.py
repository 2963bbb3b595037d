"""dedupe: copies are labelled with their original and the reason, and nothing is removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ribao.config import DedupeSettings
from ribao.dedupe import dedupe
from ribao.model import Document, DocumentId, ItemId, SourceId, content_id

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
SETTINGS = DedupeSettings()
TEXT = (
    "The harbour council of Brackwater voted on Monday to buy twelve electric ferries from the "
    "Tollund yard, which will deliver the first of them in autumn and the rest within two years. "
    "The boats carry eighty people each and charge at the quay overnight, said the mayor."
)
ZH = (
    "雾港市议会周一投票决定向石湾船厂购买十二艘电动渡轮，首批将于秋季交付，其余在两年内交付。"
    "市长表示，每艘船可载八十人，夜间在码头充电，全部费用由港务局承担，票价不变。"
)


def document(name: str, **fields: object) -> Document:
    """A document named in its address; fields override."""
    values: dict[str, object] = {
        "id": DocumentId(content_id(name)),
        "item_id": ItemId(name),
        "source_id": SourceId("lamp"),
        "url": f"https://{name}.example/story",
        "title": f"Brackwater council buys twelve electric ferries, says {name}",
        "text": TEXT,
        "language": "en",
        "published_at": NOW,
        "extracted_by": "feed",
    }
    values.update(fields)
    return Document(**values)  # type: ignore[arg-type]  # the fields are typed where they are given


def copies(*documents: Document) -> dict[str, str]:
    """item_id of each copy -> item_id of its original."""
    kept = dedupe(documents, SETTINGS).kept
    assert len(kept) == len(documents)
    names = {one.id: str(one.item_id) for one in kept}
    return {str(one.item_id): names[one.copy_of] for one in kept if one.copy_of}


def test_the_earliest_full_text_is_the_original() -> None:
    """A near copy that came later names the first."""
    later = document("late", published_at=NOW + timedelta(hours=2), text=TEXT + " More soon.")
    assert copies(later, document("early")) == {"late": "early"}


def test_a_copy_says_why() -> None:
    """The reason is a sentence that a person can read."""
    kept = dedupe([document("a"), document("b", published_at=NOW + timedelta(1))], SETTINGS).kept
    assert kept[1].copy_because.startswith("near copy")


def test_a_headline_points_to_the_full_report() -> None:
    """A headline without text is a copy of the report with the same headline, even a later one."""
    title = "Brackwater council buys twelve electric ferries"
    bare = document("bare", title=title, text="")
    full = document("full", title=title.upper(), published_at=NOW + timedelta(hours=3))
    assert copies(bare, full) == {"bare": "full"}


def test_a_rubric_is_not_a_headline() -> None:
    """Equal titles that say nothing join nothing."""
    one, two = (document(n, title="Morning briefing", text="") for n in ("one", "two"))
    assert copies(one, two) == {}


def test_traditional_and_simplified_copies_are_one() -> None:
    """A copy set in traditional characters is a near copy."""
    han = document("hans", title="雾港购买十二艘电动渡轮", text=ZH, language="zh")
    hant = document(
        "hant",
        title="霧港購買十二艘電動渡輪",
        text=ZH.replace("雾", "霧").replace("费", "費").replace("电动", "電動"),
        published_at=NOW + timedelta(hours=1),
    )
    assert copies(han, hant) == {"hant": "hans"}


def test_another_version_number_is_another_report() -> None:
    """Release notes differ in little but their number, and are not copies."""
    one = document("one", title="Ferry firmware 2.1.70 is out")
    two = document("two", title="Ferry firmware 2.1.71 is out")
    assert copies(one, two) == {}


def test_one_page_with_many_stories_is_no_copy() -> None:
    """Two items that link the same listing page with other titles stay apart."""
    url = "https://lamp.example/today"
    one = document("one", url=url, text="")
    two = document("two", url=url, text="", title="Moon probe lands after nine days")
    assert copies(one, two) == {}


def test_one_address_in_two_feeds_is_one_report() -> None:
    """The same page with a slightly other title is a copy."""
    url = "https://lamp.example/ferries"
    one = document("one", url=url + "?utm_source=x", text="")
    two = document("two", url=url, text="", title="Council of Brackwater buys electric ferries")
    assert len(copies(one, replace(two, title=one.title + " at last"))) == 1


def test_no_copy_is_of_a_copy() -> None:
    """Chains of copies all name the one original."""
    chain = [document(n, published_at=NOW + timedelta(hours=i)) for i, n in enumerate("abcd")]
    assert set(copies(*chain).values()) == {"a"}


def test_a_later_version_at_the_same_address_is_a_revision() -> None:
    """It is no second report, but its text may say something new."""
    url = "https://lamp.example/ferries"
    first = document("first", url=url, title="Brackwater buys electric ferries", outlet="lamp")
    second = replace(
        first,
        id=DocumentId(content_id("second")),
        published_at=NOW + timedelta(hours=3),
        text=TEXT + " On Tuesday the yard said that it would hire sixty people for the work.",
    )
    kept = {one.id: one for one in dedupe([second, first], SETTINGS).kept}
    assert kept[second.id].revision_of == first.id
    assert kept[second.id].copy_of == first.id
    assert kept[first.id].revision_of is None


def test_a_copy_elsewhere_is_no_revision() -> None:
    """Another outlet's later version of the text is a copy."""
    later = document("late", published_at=NOW + timedelta(hours=2), text=TEXT + " More soon.")
    kept = dedupe([document("early"), later], SETTINGS).kept
    assert [one.revision_of for one in kept] == [None, None]


ENGLISH = (
    "Zorblax Labs said on Monday that its QuuxDB 4.2 answers 1,250 queries a second on 16 cores, "
    "three times what version 3 did, and that 87 firms had tried it before the release."
)
CHINESE = (
    "Zorblax Labs周一表示，其QuuxDB 4.2在16核机器上每秒可回答1250次查询，是第3版的三倍，"
    "发布前已有87家公司试用。该公司没有透露价格，也没有说明下一个版本何时推出，只说正在招聘工程师。"
)


def test_a_translation_is_a_copy() -> None:
    """The same numbers and names in Chinese and English are one text."""
    one = document("en", title="QuuxDB is fast", text=ENGLISH)
    two = document(
        "zh", title="QuuxDB很快", text=CHINESE, language="zh", published_at=NOW + timedelta(hours=1)
    )
    assert copies(one, two) == {"zh": "en"}


def test_another_report_of_the_event_is_no_translation() -> None:
    """Shared chief figures are not enough: every number must agree."""
    one = document("en", title="QuuxDB is fast", text=ENGLISH)
    other = CHINESE.replace("87家", "92家").replace("16核", "64核")
    two = document("zh", title="QuuxDB很快", text=other, language="zh")
    assert copies(one, two) == {}
