"""Hexo and Astro, from npm, build an edition with a trap in every headline.

Hugo and Jekyll are tested with every change (tests/clients/test_publish_generators.py); these two
bring hundreds of packages. They are kept in the folder that RIBAO_GENERATORS names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.clients.test_publish_generators import check, profile, trapped

HEXO = ("hexo@8", "hexo-renderer-marked@7", "hexo-renderer-ejs@2")
ASTRO = ("astro@7", "node@24")  # Astro wants a newer Node than Debian has
SECONDS = 600


def run(command: Sequence[str], folder: Path) -> None:
    """Run a command; its complaints are the message. The clock is that of a host on UTC."""
    environment = {**os.environ, "TZ": "UTC", "CI": "1", "ASTRO_TELEMETRY_DISABLED": "1"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, f"{command}: {(done.stdout + done.stderr)[-3000:]}"


def packages(name: str, wanted: Sequence[str]) -> Path:
    """A folder with node_modules, filled once."""
    named = os.environ.get("RIBAO_GENERATORS")
    root = Path(named) if named else Path(tempfile.gettempdir()) / "ribao-generators"
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / wanted[0].split("@")[0]).is_dir():
        (folder / "package.json").write_text('{"private": true}')
        run(["npm", "install", "--no-audit", "--no-fund", *wanted], folder)
    return folder


def hexo(folder: Path) -> Path:
    """A site with the smallest theme; the page that was built."""
    profile(replace(trapped(), date=date(2021, 3, 5)), "hexo", folder)
    site = folder / "hexo"
    table = {"private": True, "hexo": {"version": "8"}, "dependencies": {}}
    table["dependencies"] = {one.split("@")[0]: "*" for one in HEXO}
    (site / "package.json").write_text(json.dumps(table))
    (site / "node_modules").symlink_to(packages("hexo", HEXO) / "node_modules")
    config = "title: t\nurl: https://site.example\ntimezone: UTC\ntheme: plain\n"
    config += "marked:\n  headerIds: false\n"  # links of its own beside those of the edition
    (site / "_config.yml").write_text(config)
    layout = site / "themes/plain/layout"
    layout.mkdir(parents=True)
    page = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{}</body></html>'
    (layout / "post.ejs").write_text(page.format("<main><%- page.content %></main>"))
    (layout / "index.ejs").write_text(page.format(""))
    run(["npx", "hexo", "generate"], site)
    return site / "public/2021/03/05/zh/index.html"


def astro(folder: Path) -> Path:
    """A site with a content collection that asks for the fields; the page that was built."""
    profile(trapped(), "astro", folder)
    site = folder / "astro"
    (site / "node_modules").symlink_to(packages("astro", ASTRO) / "node_modules")
    (site / "package.json").write_text('{"private": true, "type": "module"}')
    (site / "astro.config.mjs").write_text("export default {};\n")
    (site / "src/content.config.ts").write_text(
        "import { defineCollection } from 'astro:content';\n"
        "import { glob } from 'astro/loaders';\n"
        "import { z } from 'astro/zod';\n"
        "const posts = defineCollection({\n"
        "  loader: glob({ pattern: '**/*.md', base: './src/content/posts' }),\n"
        "  schema: z.object({ title: z.string(), description: z.string(),\n"
        "    pubDate: z.coerce.date(),\n"
        "    tags: z.array(z.string()), seo: z.array(z.string()), summary: z.string() }),\n"
        "});\nexport const collections = { posts };\n"
    )
    pages = site / "src/pages"
    pages.mkdir(parents=True)
    (pages / "[...slug].astro").write_text(
        "---\nimport { getCollection, render } from 'astro:content';\n"
        "export async function getStaticPaths() {\n"
        "  return (await getCollection('posts')).map((post) => ({\n"
        "    params: { slug: post.id }, props: { post } }));\n}\n"
        "const { Content } = await render(Astro.props.post);\n---\n"
        '<html><head><meta charset="utf-8"><title>{Astro.props.post.data.title}</title></head>'
        "<body><main><Content /></main></body></html>\n"
    )
    node = next((site / "node_modules").glob("node/bin/node"), None) or shutil.which("node")
    run([str(node), "node_modules/astro/bin/astro.mjs", "build"], site)
    return site / "dist/2031/03/05/zh/index.html"


def main() -> None:
    """Print how long each build took; a trap that is not text ends it."""
    builds: dict[str, Callable[[Path], Path]] = {"hexo": hexo, "astro": astro}
    for name, build in builds.items():
        packages(name, HEXO if name == "hexo" else ASTRO)
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            check(build(Path(folder)))
            print(f"{name}: every trap is text, built in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
