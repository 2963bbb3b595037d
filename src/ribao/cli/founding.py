"""What `ribao new` does: a wish becomes a checked configuration, shown before it is written."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import typer
from pydantic import ValidationError

from ribao.beat import Beat, load_beat
from ribao.catalogue import say
from ribao.cli.wishes import DAYS, Wish, understand
from ribao.complaints import complaints
from ribao.config import Config
from ribao.errors import ConfigError
from ribao.publish.sanitise import plain
from ribao.rank.exclusions import exclusion
from ribao.running.assignment import DEFAULT_ZONES, zone_for

DEFAULT_FILE = Path("ribao.toml")
WEEK_HOURS = 24 * 7
FULL_STORIES = 10  # more in full is no daily that anybody reads
DEFAULT_AT = "07:00"
_CRON_DAYS = {day: str(number) for number, day in enumerate(DAYS, 1)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written: each file with its text, the configuration first."""

    wish: Wish
    files: tuple[tuple[Path, str], ...]
    beat: Beat
    config: Config


def found(sentence: str, output: Path | None, *, yes: bool, as_json: bool) -> None:
    """Show what was understood of a sentence and, when told to, write the configuration.

    Raises:
        ConfigError: nothing can be made of the sentence, or a file is there already.
    """
    made = plan(sentence, output or DEFAULT_FILE)
    lines = understood(made)
    if not as_json:
        typer.echo("\n".join(lines))
        typer.echo("\n" + made.files[0][1])
    told = yes or output is not None
    if not told and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        told = typer.confirm(say("new-ask", made.wish.language, file=made.files[0][0]))
    if told:
        write(made)
    if as_json:
        typer.echo(_as_json(made, written=told))
    elif told:
        typer.echo(say("new-written", made.wish.language, file=made.files[0][0]))
        typer.echo(cron_line(made))
    else:
        typer.echo(say("new-not-written", made.wish.language, file=made.files[0][0]))


def plan(sentence: str, path: Path) -> Plan:
    """Make the files of a wish and check them as `ribao run` would.

    Raises:
        ConfigError: the sentence names no subject, or what it names makes no valid configuration.
    """
    sentence = plain(sentence)  # a pasted control character may stand in no TOML
    wish = understand(sentence)
    if not wish.beat and not wish.topic:
        raise ConfigError(
            "no subject understood",
            " ".join(sentence.split())[:80],
            hint="name what the paper is about, for example: ribao new '每天早上的机器人简报' "
            "or ribao new 'a daily brief about chips'",
        )
    zone_for(wish.language, wish.zone)
    files: list[tuple[Path, str]] = []
    listed: list[str] = []
    reference = wish.beat
    if wish.topic:
        own = path.with_name(f"{path.stem}.beat.toml")
        files.append((own, beat_file(wish.topic)))
        reference = _reference(own)
    if wish.addresses:
        named = path.with_name(f"{path.stem}.sources.toml")
        rows = "".join(f"[[source]]\nurl = {_string(one)}\n\n" for one in wish.addresses)
        files.append((named, f"# Sources that were named for this paper.\n\n{rows}"))
        listed.append(_reference(named))
    text = config_file(wish, sentence, reference, listed)
    try:
        config = Config.model_validate(tomllib.loads(text))
        beat = (
            Beat.model_validate(tomllib.loads(files[0][1])) if wish.topic else load_beat(wish.beat)
        )
    except ValidationError as error:
        raise ConfigError("no valid configuration", sentence[:80], complaints(error)) from error
    return Plan(wish, ((path, text), *files), beat, config)


def config_file(wish: Wish, sentence: str, beat: str, listed: list[str]) -> str:
    """ribao.toml for a wish; what the sentence does not say is left to the defaults."""
    asked = " ".join(sentence.split())
    lines = [f"# {asked}", "", "[edition]", f"language = {_string(wish.language)}"]
    lines += [f"beat = {_string(beat)}"]
    if wish.zone:
        lines.append(f"timezone = {_string(wish.zone)}")
    if len(wish.days) == 1:
        lines.append(f"window_hours = {WEEK_HOURS}")
    if wish.stories:
        full = min(wish.stories, FULL_STORIES)  # the others in a line each
        lines += [f"stories = {full}", "releases = 0", f"briefs = {wish.stories - full}"]
    if wish.languages or listed:
        lines += ["", "[collect]"]
        lines += [f"languages = {_list(wish.languages)}"] if wish.languages else []
        lines += [f"sources = {_list(listed)}"] if listed else []
    if wish.exclude:
        lines += ["", "[rank]", f"exclude = {_list(wish.exclude)}"]
    if wish.style:
        lines += ["", "[write]", f"style = {_string(wish.style)}"]
    if wish.at or wish.days:
        lines += ["", "[schedule]", f"at = {_string(wish.at or DEFAULT_AT)}"]
        lines += [f"days = {_list(wish.days)}"] if wish.days else []
    return "\n".join(lines) + "\n"


def beat_file(topic: str) -> str:
    """A beat for a subject that no built-in beat covers: its own words, and three sections."""
    words = list(dict.fromkeys([topic, *topic.split()] if topic.isascii() else [topic]))
    plain = re.sub(r"[^a-z0-9]+", "-", topic.casefold()).strip("-")
    id_ = plain or "own-" + hashlib.blake2b(topic.encode(), digest_size=4).hexdigest()
    name = _string(topic)
    titles = {"zh": f"{topic}日报", "en": f"{topic[:1].upper()}{topic[1:]} Daily"}
    mastheads = "".join(
        f"[{language}]\ntitle = {_string(title)}\ncategory = {_string(title)}\ntags = [{name}]\n"
        f"seo = [{name}]\n\n"
        for language, title in titles.items()
    )
    return (
        f"# A beat about {topic}. docs/guides/beats.md explains every key: add words, noise and\n"
        f"# organisations, and see with `ribao why` what they do.\n"
        f"id = {_string(id_)}\nthreshold = 2.0\n\n{mastheads}"
        f"[[on]]\nweight = 3.0\nwords = {_list(words)}\n\n"
        '[[sections]]\nid = "news"\nzh = "要闻"\nen = "News"\n\n'
        '[[sections]]\nid = "business"\nzh = "商业与政策"\nen = "Business and policy"\nwords = ['
        '"融资", "上市", "收购", "政策", "价格", "funding", "acquires", "policy", "prices"]\n\n'
        '[[sections]]\nid = "briefs"\nkind = "brief"\nzh = "简讯"\nen = "In brief"\n'
    )


def understood(made: Plan) -> list[str]:
    """What was understood, what was assumed, and what was not understood, a line each."""
    wish, language = made.wish, made.wish.language
    zone = wish.zone or DEFAULT_ZONES.get(language, "UTC")
    sections = [rule.zh if language == "zh" else rule.en for rule in made.beat.sections]
    comma = "、" if language == "zh" else ", "
    own = f"{made.files[1][0]}" if wish.topic else wish.beat
    values = {
        "beat": f"{made.beat.masthead(language).title} ({own})",
        "sections": comma.join(sections),
        "language": say(f"write-language-{language}", language),
        "schedule": f"{wish.at or DEFAULT_AT} {' '.join(wish.days) or say('new-daily', language)}",
        "zone": zone,
        "stories": str(wish.stories or made.config.edition.stories),
        "style": wish.style or made.config.write.style,
        "exclude": comma.join(exclusion(one).name(language) for one in wish.exclude) or "-",
        "sources": comma.join((*wish.languages, *wish.addresses)) or say("new-all", language),
    }
    keys = {"schedule": "at", "zone": "zone", "sections": "", "exclude": "", "sources": ""}
    lines = [say("new-understood", language)]
    for name, value in values.items():
        assumed = keys.get(name, name) in wish.assumed
        mark = say("new-assumed", language) if assumed else ""
        lines.append(f"  {say(f'new-{name}', language)}  {value}{mark}")
    if wish.also:
        lines.append(say("new-also", language, names=comma.join(wish.also)))
    if wish.unknown:
        lines.append(say("new-unknown", language, words=comma.join(wish.unknown)))
    return lines


def write(made: Plan) -> None:
    """Write the files; none is written where one of them is there already.

    Raises:
        ConfigError: a file is there, or cannot be written.
    """
    there = [str(path) for path, _ in made.files if path.exists()]
    if there:
        raise ConfigError(
            "a file is there already",
            ", ".join(there),
            "nothing was written",
            hint="name another one with --output",
        )
    for path, text in made.files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as stream:
                stream.write(text)
        except OSError as error:
            raise ConfigError(
                "cannot write the configuration", str(path), str(error.strerror)
            ) from error


def cron_line(made: Plan) -> str:
    """The line for crontab that makes the paper at its time, whatever cron takes for its PATH."""
    schedule, edition = made.config.schedule, made.config.edition
    hour, minute = (schedule.at or DEFAULT_AT).split(":")
    days = ",".join(_CRON_DAYS[day] for day in schedule.days) or "*"
    zone = edition.timezone or DEFAULT_ZONES.get(edition.language, "UTC")
    path = made.files[0][0].absolute()
    beside = Path(sys.executable).with_name("ribao")
    program = shlex.quote(str(beside)) if beside.exists() else "ribao"
    folder, name = shlex.quote(str(path.parent)), shlex.quote(path.name)
    command = f"cd {folder} && {program} run --config {name}"
    return f"CRON_TZ={zone}\n{int(minute)} {int(hour)} * * {days}  {command}"


def _as_json(made: Plan, *, written: bool) -> str:
    wish = made.wish
    table = {
        "understood": {
            name: getattr(wish, name)
            for name in Wish.__slots__
            if name not in ("unknown", "assumed") and getattr(wish, name)
        },
        "assumed": sorted(wish.assumed),
        "not_understood": list(wish.unknown),
        "files": {str(path): text for path, text in made.files},
        "written": written,
    }
    return json.dumps(table, ensure_ascii=False, indent=2)


def _reference(path: Path) -> str:
    """How ribao.toml names a file: by its name where the configuration stands at hand."""
    return path.name if path.parent == Path() else str(path.absolute())


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(values: tuple[str, ...] | list[str]) -> str:
    return f"[{', '.join(map(_string, values))}]"
