"""ribao.toml -> frozen settings.

One class per table of the file. Every setting has a default that works, a unit in its name where it
has one, and a bound where a wrong value would hurt. A key that we do not know is refused, since a
typing error that is silently ignored costs an evening.
"""

from __future__ import annotations

import re
import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ribao.complaints import complaints
from ribao.errors import ConfigError
from ribao.files import read_regular

Word = Annotated[str, Field(min_length=1)]  # what is looked for in texts; "" would be everywhere


class Settings(BaseModel):
    """A table of ribao.toml: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class EditionSettings(Settings):
    """[edition]: what is made, for whom, and when a day ends."""

    language: str = Field("zh", pattern="^(zh|en)$")  # zh or en
    timezone: str = ""  # IANA zone; "" is Asia/Shanghai for zh and UTC for en
    title: str = ""  # "" lets the writer choose one from the day's stories
    category: str = ""  # "" is the beat's own
    beat: str = "ai"  # name of a built-in beat, or the path of a beat file
    window_hours: int = Field(72, ge=1, le=24 * 31)  # how far back an edition reaches
    stories: int = Field(7, ge=1, le=50)  # full stories at most
    releases: int = Field(6, ge=0, le=50)  # lines of the open-source section at most
    briefs: int = Field(8, ge=0, le=100)  # lines of the last section at most


class HttpSettings(Settings):
    """[http]: the limits and manners of the one gateway to the network."""

    user_agent: str = ""  # "" is ribao/VERSION
    contact: str = ""  # an address or e-mail that hosts may write to; sent in the User-Agent
    allow_addresses: tuple[str, ...] = ()  # networks (CIDR) or host:port otherwise refused
    allow_ports: tuple[int, ...] = (80, 443)  # ports of the public web that may be asked
    max_redirects: int = Field(default=5, ge=0, le=20)  # followed, each hop checked like the first
    max_url_bytes: int = Field(default=8_192, ge=256, le=65_536)  # longer addresses are refused
    max_header_bytes: int = Field(
        default=65_536, ge=1_024, le=98_304
    )  # all header lines of one answer
    max_wire_bytes: int = Field(default=8_388_608, ge=1_024)  # one body as it is sent
    max_body_bytes: int = Field(default=16_777_216, ge=1_024)  # one body unpacked
    max_ratio: int = Field(default=100, ge=2)  # unpacked to sent, once a body is over 1 MiB
    total_seconds: float = Field(
        default=30.0, gt=0, le=600
    )  # one fetch with its redirects, drips included
    connect_seconds: float = Field(
        default=10.0, gt=0, le=120
    )  # name, connection and TLS of one host
    connections: int = Field(default=64, ge=1, le=1_000)  # at once, to all hosts together
    host_connections: int = Field(default=2, ge=1, le=16)  # at once, to one host
    host_spacing_seconds: float = Field(
        default=0.5, ge=0, le=60
    )  # between two requests to one host
    max_wait_seconds: float = Field(
        default=20.0, ge=0, le=600
    )  # a longer Retry-After waits for a later run
    retries: int = Field(default=1, ge=0, le=5)  # further tries of one run after a passing failure
    obey_robots: bool = True  # RFC 9309; for pages and feeds alike
    robots_exempt: tuple[str, ...] = ()  # hosts whose owner allowed what their robots.txt forbids
    ask_wishes: bool = True  # asks each site for tdmrep.json and ai.txt, too, once a day


class CollectSettings(Settings):
    """[collect]: reading sources."""

    sources: tuple[str, ...] = ()  # files (OPML or TOML) read beside the built-in catalogue
    builtin_catalogue: bool = True  # read the sources that ship with ribao
    paused: tuple[str, ...] = ()  # ids of sources that are not read for now
    languages: tuple[str, ...] = ()  # only sources in these languages are read; [] is all
    own: str = "sources.toml"  # the list that `ribao sources add` writes; read where it exists
    # Lists may name mailboxes and files of this machine; only a ribao.toml named by --config can
    # allow it, since a list in a folder may be a stranger's.
    this_machine: bool = False
    rsshub: str = "https://rsshub.app"  # the instance that answers addresses of rsshub://


class ExtractSettings(Settings):
    """[extract]: from entries and pages to readable text."""

    min_body_letters: int = Field(280, ge=1)  # shorter is a teaser; one Chinese character counts 3
    max_text_chars: int = Field(60_000, ge=1_000)  # of one document; a longer text is cut
    body_coverage: float = Field(0.34, ge=0, le=1)  # share of the title's words in its own body
    shared_body_coverage: float = Field(0.67, ge=0, le=1)  # the same, where titles share a body


class DedupeSettings(Settings):
    """[dedupe]: which documents are copies of others."""

    near_jaccard: float = Field(0.7, gt=0, le=1)  # shared phrases from which on a text is a copy
    headline_hours: int = Field(36, ge=1)  # within which equal headlines are one report


class ClusterSettings(Settings):
    """[cluster]: which documents speak of one event."""

    grain: str = Field("event", pattern="^(event|topic)$")  # how coarse a story is
    threshold: float = Field(0.0, ge=0.0, le=1.0)  # strength that makes one story; 0 is the grain's
    window_days: float = Field(4.0, gt=0.0, le=60.0)  # silence after which an event is over
    embedder: str = ""  # name of an installed embedder, one more feature of likeness; "" is none
    embedder_share: float = Field(0.5, gt=0.0, le=1.0)  # of its cosine that counts as a shared fact
    embedder_floor: float = Field(0.0, ge=0.0, lt=1.0)  # cosine of texts with nothing in common
    embedder_seconds: float = Field(120.0, gt=0.0)  # for all texts of a run; then it goes without


class RankSettings(Settings):
    """[rank]: which stories matter."""

    minimum_score: float = 8.0  # points; below it a story is not worth a line
    full_stories_per_company: int = Field(default=2, ge=1, le=50)  # it must not fill the page
    items_per_company: int = Field(default=3, ge=1, le=150)  # stories, releases, briefs together
    items_per_product: int = Field(default=2, ge=1, le=150)  # of one product or model
    section_share: float = Field(default=0.6, gt=0, le=1)  # of full stories, for one section
    section_minimum: int = Field(default=2, ge=0, le=50)  # full stories, where there are as many
    new_facts: int = Field(default=2, ge=1, le=50)  # that bring a printed story back as an update
    # What is not printed: subjects (funding, listings, stocks, earnings, deals, layoffs, lawsuits,
    # policy, papers, opinion, shopping, crypto, cars, phones, games, sport, entertainment, rumours,
    # war) or any word, looked for in titles.
    exclude: tuple[Word, ...] = ()
    weights: dict[str, float] = {}  # factor of a reason by its name: {outlets = 1.5, heat = 0.5}


class WriteSettings(Settings):
    """[write]: from stories to articles.

    What is printed of one report verbatim stays short: a reader who wants more has the link.
    """

    # A house style: daily, brief, long, wire, or the path of a file. It gives the lengths below
    # where they are not set, and its words, names, units and signs are enforced.
    style: str = "daily"
    paragraph_characters: int = Field(160, ge=40, le=1000)  # of a Chinese paragraph
    paragraph_words: int = Field(60, ge=15, le=400)  # of an English paragraph
    sentences: int = Field(3, ge=1, le=10)  # of a paragraph
    references: int = Field(6, ge=1, le=50)  # reports listed under a story
    summary_lines: int = Field(7, ge=1, le=20)  # of the front matter


class VerifySettings(Settings):
    """[verify]: what is proved before it is printed."""

    # What becomes of a sentence with a claim that the reports contradict or do not bear out:
    # it is left out, its whole story is held, or it is printed with the finding on record.
    on_failure: str = Field("drop-sentence", pattern="^(drop-sentence|hold|report)$")
    # What one story may take word for word from one source: in a row, of its whole text, in quotes.
    copied_characters: int = Field(200, ge=20)  # Chinese characters in a row
    copied_words: int = Field(100, ge=10)  # words of other languages in a row
    copied_share: float = Field(0.25, gt=0.0, le=1.0)  # of a source of some length
    quoted_characters: int = Field(200, ge=20)  # Chinese characters in quotation marks
    quoted_words: int = Field(120, ge=10)  # words of other languages in quotation marks
    free_sources: tuple[Word, ...] = ()  # parts of addresses whose licence allows reuse
    # How many times these limits a licence allows, by a part of its name, below zero for no limit:
    # {"CC BY-NC" = -1.0, "all rights reserved" = 0.2}. Common licences are known.
    licences: dict[str, float] = {}


class PublishSettings(Settings):
    """[publish]: where an edition goes."""

    outputs: tuple[str, ...] = ("markdown", "json", "html")  # renderings that are written
    cover_image: str = ""  # address of a cover; "" leaves the front-matter field empty
    # Where the site will be, with https://; "" is not known yet.
    address: str = Field("", pattern="^(https?://[^/?#@\\s]+(/[^?#\\s]*)?)?$")
    feed_entries: int = Field(60, ge=1, le=1000)  # in each feed; readers keep what falls out
    # Full-text search on the site; auto: where it is installed (pip install 'ribao[search]').
    search: str = Field("auto", pattern="^(auto|on|off)$")


class ChannelSettings(Settings):
    """[deliver.channels.NAME]: one place to send to; its kind knows the further keys.

    Secrets never stand here: they are read from the environment, as RIBAO_NAME_URL and so on.
    """

    model_config = ConfigDict(extra="allow")

    kind: str  # slack, mail, git, ...; docs/guides/chat.md, email.md and git.md
    languages: tuple[str, ...] = ()  # editions in these languages only; () is all
    # What a corrected edition means for who got it: the whole once more, a note of it, or nothing.
    corrections: str = Field("note", pattern="^(whole|note|nothing)$")
    # Where nobody can tell whether a message arrived: never twice, or never not.
    unsure: str = Field("at-most-once", pattern="^at-(most|least)-once$")


class DeliverSettings(Settings):
    """[deliver]: to whom editions are sent."""

    channels: dict[str, ChannelSettings] = {}  # tables [deliver.channels.NAME], each with a kind
    tries: int = Field(10, ge=1, le=100)  # of one message, over hours, before it is given up
    patience_seconds: float = Field(90.0, ge=0, le=3600)  # a run waits so long for its next try
    settle_seconds: float = Field(5.0, ge=0, le=600)  # before a channel is asked what it got

    @field_validator("channels")
    @classmethod
    def _names(cls, channels: dict[str, ChannelSettings]) -> dict[str, ChannelSettings]:
        for name in channels:
            if not re.fullmatch("[a-z][a-z0-9-]{0,39}", name):
                raise ValueError(f"{name}: a name is of small letters, digits and hyphens")
        return channels


class StoreSettings(Settings):
    """[store]: where ribao remembers."""

    # SQLite file, for live runs, replays and samples alike; "" is one for each of these,
    # .ribao/MODE.sqlite3 in the output folder.
    path: str = ""
    # A database of PostgreSQL in its place, postgresql+psycopg://USER@HOST/NAME, for papers that
    # several machines make or show (pip install 'ribao[postgres]'). Its password is in no file of
    # ribao: PGPASSWORD or PGPASSFILE.
    url: str = ""

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        if url and not url.startswith("postgresql+psycopg://"):
            raise ValueError("write it as postgresql+psycopg://USER@HOST/NAME")
        user, at, _ = url.partition("://")[2].partition("@")
        if (at and ":" in user) or "password=" in url:
            raise ValueError("a password stands in it; set PGPASSWORD or PGPASSFILE instead")
        return url

    def place(self, usual: Path) -> Path | str:
        """Where the store is: the address of a database, or a file; `usual` where none is named."""
        return self.url or (Path(self.path) if self.path else usual)


MONEY = r"^(|\d{1,7}(\.\d{1,6})?)$"  # to the millionth, so that sums stay whole numbers
CURRENCY = "^[A-Z]{3}$"  # ISO 4217


class PriceSettings(Settings):
    """What a million tokens cost, in a currency; "" is not known and nothing is free but "0"."""

    valid_from: str = Field("", alias="from", pattern=r"^(|\d{4}-\d{2}-\d{2})$")
    input: str = Field("", pattern=MONEY)
    output: str = Field("", pattern=MONEY)
    cached: str = Field("", pattern=MONEY)  # input that the provider had kept; "" is as input
    written: str = Field("", pattern=MONEY)  # input that it keeps from now on; "" is as input
    source: str = ""  # where the price stands


class ModelSettings(Settings):
    """One model of a provider."""

    context: int = Field(0, ge=0)  # tokens of question and answer together; 0 is not known
    output: int = Field(0, ge=0)  # tokens of an answer at most; 0 is not known
    price: tuple[PriceSettings, ...] = ()
    dearer_above: int = Field(0, ge=0)  # tokens of a question from which all its prices rise
    dearer_percent: int = Field(100, ge=100)  # to so much
    structured: str = Field("", pattern="^(|json_schema|json_object|plain)$")  # "": the provider's


class ProviderSettings(Settings):
    """One service that answers, by preset or as ribao.toml has it."""

    title: str = ""
    protocol: str = Field("openai", pattern="^(openai|anthropic|gemini)$")
    base_url: str = ""
    key_env: str = ""  # the environment variable that holds the key; "" where none is needed
    key_file: str = ""  # or a file that holds nothing else
    structured: str = Field("json_schema", pattern="^(json_schema|json_object|plain)$")
    answer_limit: str = "max_tokens"  # the name of the limit of an answer in its dialect
    currency: str = Field("USD", pattern=CURRENCY)
    batch_percent: int = Field(0, ge=0, le=100)  # of the price, for those who can wait; 0: no batch
    reports_cost: bool = False  # its usage figures hold what the call cost
    extra: dict[str, Any] = {}  # sent along with each question
    as_of: str = ""  # when the prices were looked up
    models: dict[str, ModelSettings] = {}


class ModelsSettings(Settings):
    """[models]: language models that may phrase what is printed; without one nothing is missing.

    A key is never written here: it comes from the environment, or from a file of its own.
    """

    # PROVIDER/MODEL, for example "openai/gpt-6-luna", asked in this order until one gives a good
    # answer. Empty: the edition is made of the reports' own sentences.
    writer: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()  # others for headlines and the edition's title; empty: as writer
    cap_run: str = Field("0.50", pattern=MONEY)  # money for one run, never passed; "" is no cap
    cap_day: str = Field("1.00", pattern=MONEY)  # for one day (UTC), all runs together
    cap_month: str = Field("20.00", pattern=MONEY)  # for one month (UTC)
    currency: str = Field("USD", pattern=CURRENCY)  # of the caps
    rates: dict[str, str] = {}  # what one unit of another currency costs: {CNY = "0.14"}
    at_once: int = Field(4, ge=1, le=64)  # questions under way at the same time
    retries: int = Field(1, ge=0, le=5)  # further tries of one model after a passing failure
    total_seconds: float = Field(120.0, gt=0, le=3_600)  # for one answer
    idle_seconds: float = Field(60.0, gt=0, le=3_600)  # of silence, after which it is given up
    max_wait_seconds: float = Field(20.0, ge=0, le=600)  # a longer Retry-After is not waited for
    stream: bool = False  # read answers as they are made (OpenAI's protocol): a hang shows sooner
    max_output_tokens: int = Field(2_000, ge=200, le=100_000)  # of one answer, thinking included
    passages: int = Field(24, ge=1, le=100)  # sentences of its reports that a model sees of a story
    ask_in_replay: bool = False  # replays ask models beyond this machine; else kept answers serve
    # Wait so many minutes for cheaper answers by the provider's batch interface; 0 asks at once.
    batch_minutes: int = Field(0, ge=0, le=1_440)
    ledger: str = ""  # database of calls and answers; "" is live.sqlite3 beside the editions
    providers: dict[str, ProviderSettings] = {}  # others, or presets changed


class WebSettings(Settings):
    """[web]: the desk in a browser, `ribao serve`."""

    host: str = "127.0.0.1"  # address that is listened on; others than loopback need TLS before it
    port: int = Field(8017, ge=0, le=65_535)  # 0 takes a free one
    hosts: tuple[str, ...] = ()  # names, without ports, under which browsers reach the desk
    address: str = Field("", pattern="^(https?://[^/?#@\\s]+)?$")  # as browsers see it, if proxied
    session_days: int = Field(14, ge=1, le=365)  # after the last use
    login_header: str = ""  # header in which a reverse proxy names the account; "" is off
    login_proxies: tuple[str, ...] = ("127.0.0.1/32", "::1/128")  # whose word is taken for it
    proxies: tuple[str, ...] = ()  # networks of reverse proxies that tell who asks them; () is none
    proxies_header: Literal["X-Forwarded-For", "Forwarded"] = "X-Forwarded-For"  # they write it

    @field_validator("login_proxies", "proxies")
    @classmethod
    def _networks(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for one in proxies:
            ip_network(one, strict=False)  # else every page would fail, not the start
        return proxies


class ScheduleSettings(Settings):
    """[schedule]: when this paper is made, in the zone of [edition]; `ribao new` tells cron so."""

    at: str = Field("", pattern="^(([01][0-9]|2[0-3]):[0-5][0-9])?$")  # HH:MM; "" is not said
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()  # () is all


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
    models: ModelsSettings = ModelsSettings()
    publish: PublishSettings = PublishSettings()
    deliver: DeliverSettings = DeliverSettings()
    store: StoreSettings = StoreSettings()
    web: WebSettings = WebSettings()
    schedule: ScheduleSettings = ScheduleSettings()


def load_config(path: Path | None) -> Config:
    """Read a configuration file; None gives the defaults.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or holds a key or value we refuse.
    """
    if path is None:
        return Config()
    try:
        table = tomllib.loads(read_regular(path).decode("utf-8"))
    except OSError as error:
        raise ConfigError(
            "cannot read the configuration", str(path), str(error.strerror)
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("the configuration is not TOML", str(path), str(error)) from error
    try:
        return Config.model_validate(table)
    except ValidationError as error:
        raise ConfigError("bad configuration", str(path), complaints(error)) from error
