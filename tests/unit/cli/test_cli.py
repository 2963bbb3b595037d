"""The command line: sentences, exit codes, and what it prints for people and for machines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from rich.cells import cell_len

from ribao.cli.confusion import cell
from ribao.cli.evidence import web_documents
from ribao.cli.main import main
from ribao.demo import sample_path
from ribao.gateways.recording import RecordingWeb
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Request
from ribao.verify import check_file
from ribao.verify.report import as_text
from tests.newsweb import DAY, ordinary_web, record

Command = Callable[..., subprocess.CompletedProcess[str]]


def ribao(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command in a folder, as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "ribao", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
    )


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The same command within this process, which need not be started anew."""
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["ribao", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return subprocess.CompletedProcess(
            arguments, int(ended.value.code or 0), told.out, told.err
        )

    return run


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the Chinese edition of the sample was made."""
    folder = tmp_path_factory.mktemp("sample")
    done = ribao("run", "--demo", "--json", folder=folder)
    assert done.returncode == 0, done.stderr
    (folder / "outcome.json").write_text(done.stdout)
    return folder


def test_the_sample_passes_the_checker_in_every_form(sample: Path) -> None:
    """What ribao prints is proved by the checker from the web that it was made of."""
    documents = web_documents(Path(str(files("ribao.demo").joinpath("sample.warc.gz"))))
    for form in ("md", "json", "html"):
        report = check_file(next(sample.rglob(f"edition.{form}")), documents)
        assert report.clean, as_text(report, "en")


def test_the_sample_is_an_edition_and_says_what_it_is(sample: Path) -> None:
    """`ribao run --demo --json` writes an edition and tells machines what became of everything."""
    outcome = json.loads((sample / "outcome.json").read_text())
    assert outcome["sample"] is True
    assert outcome["edition"]["date"] == "2026-01-16"
    assert outcome["edition"]["articles"] >= 20
    assert outcome["steps"][0]["name"] == "collect"
    assert any("样刊" in note for note in outcome["notes"])
    for name in outcome["files"]:
        assert (sample / "editions" / name).is_file()


def test_the_sample_has_an_english_edition_beside_the_chinese_one(
    sample: Path, here: Command
) -> None:
    """Both languages of one day live in one folder, and the table is printed for people."""
    done = here("run", "--demo", "--language", "en", folder=sample)
    assert done.returncode == 0, done.stderr
    assert "dropped" in done.stdout
    assert "A sample" in done.stdout
    assert "2026-01-16: what was published before 00:00 of it, Asia/Shanghai" in done.stdout
    assert str(Path("editions/2026-01-16/en/edition.md")) in done.stdout
    assert (sample / "editions" / "2026-01-16" / "en" / "edition.md").is_file()
    assert (sample / "editions" / "2026-01-16" / "zh" / "edition.md").is_file()


def test_why_follows_a_report_through_all_steps(sample: Path, here: Command) -> None:
    """`ribao why` tells the fate of a printed report and of one that was dropped."""
    edition = next((sample / "editions").glob("*/zh/edition.json"))
    articles = [
        article
        for section in json.loads(edition.read_bytes())["sections"]
        for article in section["articles"]
    ]
    url = articles[0]["references"][0]["url"]
    done = here("why", url, "--json", folder=sample)
    assert done.returncode == 0, done.stderr
    (fate, *_) = json.loads(done.stdout)
    steps = [entry["step"] for entry in fate["entries"]]
    assert steps[:4] == ["collect", "extract", "dedupe", "cluster"]
    assert all(entry["became"] == "kept" for entry in fate["entries"])


def test_why_of_two_reports_says_what_they_share(sample: Path, here: Command) -> None:
    """Two reports of one launch in two languages are one story, and the names are shown."""
    english = "https://thelattice.example/2026/01/xingzhu-zhuyu-3"
    chinese = "https://chenxun.example/2026/01/15/zhuyu-3-launch"
    done = here("why", english, chinese, "--json", folder=sample)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["together"] is True
    assert "zhuyu 3" in found["parts"][0]["because"]
    coder = "https://thelattice.example/2026/01/zhuyu-coder-7b"
    other = json.loads(here("why", english, coder, "--json", folder=sample).stdout)
    assert other["together"] is False
    stranger = here("why", english, "https://stranger.example/1", folder=sample)
    assert "'https://stranger.example/1'" in stranger.stderr
    names = json.loads(here("aliases", "--json", folder=sample).stdout)
    assert ("渚语3", "Zhuyu-3") in [(one["han"], one["latin"]) for one in names["learned"]]


def test_an_editor_has_the_last_word_on_names(sample: Path, here: Command) -> None:
    """A pair that is refused counts no more and is listed as refused; what is no pair is named."""
    pair = "渚语3 = Zhuyu-3"
    names = json.loads(here("aliases", "--refuse", pair, "--json", folder=sample).stdout)
    assert names["refused"] == [{"han": "渚语3", "latin": "Zhuyu-3"}]
    assert "Zhuyu-3" not in [one["latin"] for one in names["learned"]]
    assert "渚语3 = Zhuyu-3" in here("aliases", folder=sample).stdout
    names = json.loads(here("aliases", "--accept", pair, "--json", folder=sample).stdout)
    assert names["refused"] == []
    assert "'Zhuyu'" in here("aliases", "--accept", "Zhuyu", folder=sample).stderr


def test_any_labelled_day_can_be_scored(tmp_path: Path, here: Command) -> None:
    """`ribao bench stories` gives figures and names what stands wrong, or what is no label."""
    launch = (
        "https://thelattice.example/2026/01/xingzhu-zhuyu-3",
        "https://xingzhu.example/zhuyu-3",
    )
    rows: list[dict[str, object]] = [{"link": link, "event": "launch"} for link in launch]
    rows.append({"link": "https://thelattice.example/2026/01/zhuyu-coder-7b", "event": "launch"})
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, rows)))
    asked = ("bench", "stories", "--replay", str(sample_path()), "--gold", "gold.jsonl")
    done = here(*asked, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    figures = {one["name"]: one["value"] for one in found["figures"]}
    assert figures["links labelled, found"] == "3, 3"
    assert figures["BCubed, all"].startswith("P 1.000  R 0.556")
    assert any("zhuyu-coder-7b" in line for line in found["confusion"])
    assert any(line.strip().startswith("分属两边的最近一对") for line in found["confusion"])
    rows += [
        {"link": "https://stranger.example/1", "event": "far", "warcs": ["2031-01-01"]},
        {"link": "https://stranger.example/2", "event": "nowhere"},
    ]
    gold.write_text("\n".join(map(json.dumps, rows)))
    one, two = json.loads(here(*asked, "--json", "--language", "en", folder=tmp_path).stdout)[
        "missing"
    ]
    assert "stranger.example/1  [only in the archives of other days: 2031-01-01]" in one
    assert "stranger.example/2  [in none of the archives that were given]" in two
    gold.write_text("")
    assert "no labels: 'gold.jsonl'" in here(*asked, folder=tmp_path).stderr
    gold.write_text('{"link": 1}')
    assert "no label: 'gold.jsonl, line 1'" in here(*asked, folder=tmp_path).stderr


def test_columns_of_the_confusion_list_stand_under_one_another() -> None:
    """A Chinese sign takes two cells; what is too long ends with dots at the same place."""
    texts = ("G06 亚马逊洽谈投资OpenAI百亿美元", "G06 a", "", "库" * 30, "x" * 60, "a\nb")
    assert {cell_len(cell(text, 22)) for text in texts} == {22}
    assert cell("库" * 30, 22) == "库" * 10 + "… "
    assert cell("库" * 15, 22).endswith("… ")
    assert cell("x" * 60, 22) == "x" * 21 + "…"


def test_why_of_a_stranger_says_so(sample: Path, here: Command) -> None:
    """An address that the last run did not see is one sentence and exit code 2."""
    done = here("why", "https://stranger.example/1", folder=sample)
    assert done.returncode == 2
    assert "did not see this address: 'https://stranger.example/1'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--date", "soon"), "no such date: 'soon'"),
        (("--date", "0001-01-01"), "no such date: '0001-01-01'"),
        (("--timezone", "America"), "no such time zone: 'America'"),
        (("--language", "fr"), "no such language: 'fr'"),
        (("--timezone", "Moon/Base"), "no such time zone: 'Moon/Base'"),
        (("--demo", "--replay", "x.warc.gz"), "choose one: '--demo and --replay'"),
        (("--replay", "absent.warc.gz"), "absent.warc.gz"),
        (("--config", "wrong.toml"), "wrong.toml': editon: unknown key"),
        (("--demo", "--record", "x.warc.gz"), "cannot record a replay"),
        (("--sources", "absent.opml"), "absent.opml"),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path,
    arguments: tuple[str, ...],
    sentence: str,
    here: Command,
) -> None:
    """What cannot be done is said in one sentence that names the subject; nothing is written."""
    (tmp_path / "wrong.toml").write_text('[editon]\nlanguage = "en"\n')
    done = here("run", *arguments, folder=tmp_path)
    assert done.returncode in (1, 2)
    assert sentence in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("edition.*"))


def test_a_replayed_day_in_another_zone(tmp_path: Path, here: Command) -> None:
    """`--timezone` moves the end of the day; the record says what it was."""
    record(tmp_path / "web.warc.gz", ordinary_web())
    done = here(
        "run", "--replay", "web.warc.gz", "--date", DAY, "--language", "en",
        "--timezone", "America/New_York", "--json", folder=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["edition"]["timezone"] == "America/New_York"


def test_the_day_of_an_archive(tmp_path: Path, here: Command) -> None:
    """What a run recorded is replayed for its day, another archive for the nearest 00:00."""
    crawled = record(tmp_path / "crawled.warc.gz", ordinary_web(), "2026-01-15T18:00:00Z")
    replayed = ReplayWeb(crawled)
    with RecordingWeb(replayed, tmp_path / "recorded.warc.gz") as web:
        for address in replayed.addresses():
            web.fetch(Request(address))
    for name, day in (("crawled", "2026-01-16"), ("recorded", "2026-01-15")):
        done = here(
            "run", "--replay", f"{name}.warc.gz", "--language", "en", "--json", folder=tmp_path
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["edition"]["date"] == day


def test_a_killed_run_is_taken_up_to_the_same_bytes(tmp_path: Path, here: Command) -> None:
    """A run killed anywhere, then run again, ends with the bytes of a run that was not killed."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for folder in (whole, broken):
        folder.mkdir()
        record(folder / "web.warc.gz", ordinary_web())
    (broken / "web.warc.gz").write_bytes((whole / "web.warc.gz").read_bytes())
    arguments = ("run", "--replay", "web.warc.gz", "--date", DAY, "--language", "en", "--json")
    assert here(*arguments, folder=whole).returncode == 0
    for patience in (1.2, 1.6):
        started = subprocess.Popen(
            [sys.executable, "-m", "ribao", *arguments],
            cwd=broken, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            started.wait(patience)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
    done = here(*arguments, folder=broken)
    assert done.returncode == 0, done.stderr
    for name in json.loads(done.stdout)["files"]:
        one, two = (folder / "editions" / name for folder in (whole, broken))
        assert one.read_bytes() == two.read_bytes()
    assert not list(broken.rglob(".pending-*"))


def test_help_is_quick_to_load(tmp_path: Path) -> None:
    """`--help` loads neither the store nor the extractors: those take most of a second."""
    code = (
        "import sys, ribao.cli.main; "
        "print([name for name in ('sqlalchemy', 'trafilatura', 'numpy', 'lxml') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"
