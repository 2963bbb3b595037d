"""A style as a file: read, checked, and laid under the settings of the newsroom."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from ribao.complaints import complaints
from ribao.config import Settings, WriteSettings
from ribao.errors import ConfigError
from ribao.files import read_regular

BULLETS = ("figures", "difference", "coverage", "timeline")


class Shape(Settings):
    """How much of a story is told; what is left out keeps the default of [write]."""

    paragraph_characters: int | None = Field(None, ge=40, le=1000)  # of a Chinese paragraph
    paragraph_words: int | None = Field(None, ge=15, le=400)  # of an English paragraph
    sentences: int | None = Field(None, ge=1, le=10)  # of a paragraph
    references: int | None = Field(None, ge=1, le=50)  # reports listed under a story
    summary_lines: int | None = Field(None, ge=1, le=20)  # of the front matter


class Usage(Settings):
    """How one language is written."""

    spacing: str = Field("as-is", pattern="^(tight|spaced|as-is)$")  # where Chinese meets Latin
    full_width: bool = False  # , : ; ? ! ( ) between Chinese characters become ，：；？！（）
    banned: tuple[str, ...] = ()  # words that add nothing and are left out
    # a word or unit, and what is written in its place
    instead: Mapping[str, str] = Field(default_factory=dict)


class Style(Settings):
    """All of a style file. Frozen, and closed to keys that it does not know."""

    id: str = Field(pattern="^[a-z0-9-]+$")
    shape: Shape = Shape()
    bullets: tuple[str, ...] = BULLETS  # kinds of bullets under a story that are printed
    # a name as it is written, and how else it is met
    names: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    zh: Usage = Usage()
    en: Usage = Usage()

    @model_validator(mode="after")
    def _knows_its_bullets(self) -> Style:
        strangers = [kind for kind in self.bullets if kind not in BULLETS]
        if strangers:
            known = ", ".join(BULLETS)
            raise ValueError(f"no such bullet: {', '.join(strangers)}; there are {known}")
        met = [word for one in (self.zh, self.en) for word in (*one.banned, *one.instead)]
        met += [word for name, others in self.names.items() for word in (name, *others)]
        if not all(word.strip() for word in met):
            raise ValueError("a name or word is empty")
        return self

    def usage(self, language: str) -> Usage:
        """The usage of zh or en; any other language is left as it is."""
        return {"zh": self.zh, "en": self.en}.get(language, Usage())


def builtin_styles() -> tuple[str, ...]:
    """Names of the styles that ship with ribao."""
    folder = resources.files(__package__)
    return tuple(sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".toml")))


@cache
def load_style(name_or_path: str) -> Style:
    """Read a style: a built-in one by its name, else a file.

    Raises:
        ConfigError: there is no such style, or its file holds what we refuse.
    """
    if name_or_path in builtin_styles():
        source = (resources.files(__package__) / f"{name_or_path}.toml").read_bytes()
    else:
        try:
            source = read_regular(Path(name_or_path))
        except (OSError, ValueError) as error:
            names = ", ".join(builtin_styles())
            detail = str(getattr(error, "strerror", "") or error)
            raise ConfigError(
                "no such style", name_or_path, detail, hint=f"built in: {names}"
            ) from error
    try:
        return Style.model_validate(tomllib.loads(source.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("the style is not TOML", name_or_path, str(error)) from error
    except ValidationError as error:
        raise ConfigError("bad style", name_or_path, complaints(error)) from error


def shaped(settings: WriteSettings) -> WriteSettings:
    """The settings with the lengths of their style, where the owner set none.

    Raises:
        ConfigError: the style cannot be read.
    """
    shape = load_style(settings.style).shape.model_dump(exclude_none=True)
    own = settings.model_fields_set
    return settings.model_copy(update={k: v for k, v in shape.items() if k not in own})
