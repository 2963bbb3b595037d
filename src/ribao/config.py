"""ribao.toml -> frozen settings.

One class per table of the file. Every setting has a default that works, a unit in its name where it
has one, and a bound where a wrong value would hurt. A key that we do not know is refused, since a
typing error that is silently ignored costs an evening.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ribao.errors import ConfigError


class Settings(BaseModel):
    """A table of ribao.toml: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class EditionSettings(Settings):
    """[edition]: what is made, for whom, and when a day ends."""

    language: str = Field("zh", pattern="^(zh|en)$")
    timezone: str = ""  # IANA zone; "" is Asia/Shanghai for zh and UTC for en
    title: str = ""  # "" lets the writer choose one from the day's stories
    category: str = ""  # "" is the beat's own
    beat: str = "ai"  # name of a built-in beat, or the path of a beat file
    window_hours: int = Field(72, ge=1, le=24 * 31)  # how far back an edition reaches
    stories: int = Field(7, ge=1, le=50)
    releases: int = Field(6, ge=0, le=50)
    briefs: int = Field(8, ge=0, le=100)


class HttpSettings(Settings):
    """[http]: the limits and manners of the one gateway to the network."""

    user_agent: str = ""  # "" is ribao/VERSION with the address of the project
    contact: str = ""  # an address or e-mail that hosts may write to; sent in the User-Agent
    allow_addresses: tuple[str, ...] = ()  # networks (CIDR) or host:port otherwise refused


class CollectSettings(Settings):
    """[collect]: reading sources."""

    sources: tuple[str, ...] = ()  # files (OPML or TOML) read beside the built-in catalogue
    builtin_catalogue: bool = True


class ExtractSettings(Settings):
    """[extract]: from entries and pages to readable text."""


class DedupeSettings(Settings):
    """[dedupe]: which documents are copies of others."""


class ClusterSettings(Settings):
    """[cluster]: which documents speak of one event."""


class RankSettings(Settings):
    """[rank]: which stories matter."""


class WriteSettings(Settings):
    """[write]: from stories to articles."""


class VerifySettings(Settings):
    """[verify]: what is proved before it is printed."""


class PublishSettings(Settings):
    """[publish]: where an edition goes."""

    outputs: tuple[str, ...] = ("markdown", "json", "html")
    cover_image: str = ""  # address of a cover; "" leaves the front-matter field empty


class StoreSettings(Settings):
    """[store]: where ribao remembers."""

    path: str = ""  # SQLite file; "" is ribao.sqlite3 in the data folder of the user


class Config(Settings):
    """All of ribao.toml."""

    edition: EditionSettings = EditionSettings()
    http: HttpSettings = HttpSettings()
    collect: CollectSettings = CollectSettings()
    extract: ExtractSettings = ExtractSettings()
    dedupe: DedupeSettings = DedupeSettings()
    cluster: ClusterSettings = ClusterSettings()
    rank: RankSettings = RankSettings()
    write: WriteSettings = WriteSettings()
    verify: VerifySettings = VerifySettings()
    publish: PublishSettings = PublishSettings()
    store: StoreSettings = StoreSettings()


def load_config(path: Path | None) -> Config:
    """Read a configuration file; None gives the defaults.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or holds a key or value we refuse.
    """
    if path is None:
        return Config()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("cannot read the configuration", str(path), str(error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("the configuration is not TOML", str(path), str(error)) from error
    try:
        return Config.model_validate(table)
    except ValidationError as error:
        raise ConfigError("bad configuration", str(path), complaints(error)) from error


def complaints(error: ValidationError) -> str:
    """Say all that is wrong with a table in one line: `edition.language: ...; http.x: unknown key`."""
    found = []
    for detail in error.errors():
        where = ".".join(str(part) for part in detail["loc"])
        unknown = detail["type"] == "extra_forbidden"
        found.append(f"{where}: {'unknown key' if unknown else detail['msg']}")
    return "; ".join(found)
