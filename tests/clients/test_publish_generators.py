"""Real site generators build the edition, whatever a feed has put into it."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from ribao.model import (
    Article,
    Citation,
    DocumentId,
    Edition,
    EditionId,
    Reference,
    Section,
    Sentence,
    StoryId,
)
from ribao.publish import publish
from ribao.publish.profiles import PROFILES
from ribao.publish.sanitise import plain

pytestmark = pytest.mark.client

# What breaks a build or runs in one when it stands in text as it is.
TRAPS = (
    "{{< youtube abc >}} in a title",
    "{{% include x %}} in a title",
    "{{ site.secret }} and {% include secret.html %}",
    "{% raw %} without an end",
    "{# a comment",
    "<script>alert(1)</script> in a title",
    "“引号”后面",
    "1e3",
    "`code {{ y }}` and ```",
    "a | b | c",
    "$$x$$ and --- dashes",
    "{: .class} of kramdown",
)
LAYOUT = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body>{content}</body></html>"
)


def trapped() -> Edition:
    """An edition with a trap in every headline and paragraph."""
    id_ = DocumentId("d")
    moment = datetime(2031, 3, 4, tzinfo=UTC)
    reference = Reference(1, id_, "https://a.example/?x={{y}}", "t", "Brook {{ x }}", "zh", moment)

    def article(number: int, text: str, kind: str) -> Article:
        said = Sentence(text, (Citation(id_, text, 0, len(text)),), kind="quotation")
        return Article(
            StoryId(f"{kind}-{number}"), kind, kind, said, "https://a.example/{{y}}", (said,),
            references=(reference,), language="zh",
        )  # fmt: skip

    sections = tuple(
        Section(kind, "栏目", kind, tuple(article(n, trap, kind) for n, trap in enumerate(TRAPS)))
        for kind in ("story", "brief")
    )
    return Edition(
        id=EditionId("e"),
        date=date(2031, 3, 5),
        timezone="Asia/Shanghai",
        language="zh",
        title="{{ 标题 }} 1e3",
        category="试刊",
        tags=("1e3", "yes"),
        seo=("{% x %}",),
        cover_image="",
        summary=(Sentence("<img src=x onerror=alert(1)> {{ x }}"),),
        sections=sections,
    )


def build(folder: Path, *command: str) -> None:
    """Run a generator; its complaints are the message."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def check(page: Path) -> None:
    """The page stands at the edition's day, shows the traps as text, and runs nothing."""
    found: Any = html.document_fromstring(page.read_bytes())
    shown = [" ".join(one.text_content().split()) for one in found.xpath("//h3/a")]
    assert shown == [plain(trap) for trap in TRAPS]
    assert [one.text_content() for one in found.xpath("//li/strong")] == [
        plain(trap) for trap in TRAPS
    ]
    assert not found.xpath("//script | //img | //@onerror | //iframe")
    assert all(link.startswith("https://a.example/") for link in found.xpath("//main//a/@href"))


def profile(edition: Edition, name: str, folder: Path) -> None:
    """Put the files of one profile where its generator looks for them."""
    outcome = publish(edition, [one for one in PROFILES if one.name == name], folder)
    assert not outcome.failed


@pytest.mark.skipif(shutil.which("hugo") is None, reason="needs hugo (Debian package hugo)")
@pytest.mark.parametrize("clock", ["2031-03-04T17:00:00Z", "2031-03-06T00:00:00Z"])
def test_hugo_builds_every_trap(tmp_path: Path, clock: str) -> None:
    """Also in the hours in which the day has begun in Shanghai and not yet in UTC."""
    profile(trapped(), "hugo", tmp_path)
    site = tmp_path / "hugo"
    (site / "layouts/_default").mkdir(parents=True)
    content = "<main>{{ .Content }}</main><p>{{ .Summary }}</p>"
    layout = LAYOUT.format(title="{{ .Title }}", content=content)
    (site / "layouts/_default/single.html").write_text(layout)
    (site / "layouts/_default/list.html").write_text(LAYOUT.format(title="list", content=""))
    (site / "config.toml").write_text('baseURL = "https://site.example/"\nhasCJKLanguage = true\n')
    build(site, "hugo", "--quiet", "--clock", clock)
    check(site / "public/2031/03/05/zh/index.html")


@pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll (Debian package jekyll)")
def test_jekyll_builds_every_trap(tmp_path: Path) -> None:
    """Liquid is off for the page, and kramdown finds nothing to obey."""
    profile(replace(trapped(), date=date(2021, 3, 5)), "jekyll", tmp_path)
    site = tmp_path / "jekyll"
    (site / "_layouts").mkdir()
    content = "<main>{{ content }}</main>"
    (site / "_layouts/post.html").write_text(LAYOUT.format(title="x", content=content))
    (site / "_config.yml").write_text("timezone: UTC\nkramdown:\n  input: GFM\n")
    build(site, "jekyll", "build", "--quiet", "--disable-disk-cache")
    check(site / "_site/2021/03/05/zh/index.html")
