"""Whether a Chinese name may be the sound of a Latin one: 贝森特 is Bessent, 沃什 is Warsh.

Only consonants are compared, in classes that Chinese does not keep apart (b and p, l and r), since
vowels are written in too many ways. What neither language hears (h, w inside, a last n) is free.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

FILE = "transliteration.toml"
SHORTEST = 2  # signs of a Chinese name
FEWEST = 2  # consonants that must agree
SLACK = 0.25  # of the consonants that may differ, in names of three signs and more
LAX = 0.4  # the same where both are known to be names
UNHEARD = 0.5  # what an r, l or n costs that Chinese leaves out: Warsh is 沃什
CLOSING = "n"  # that closes a sign; Chinese may write it where there is none, and leave it out
FREE = "Hn"  # may be missing on the other side
_CLASSES = (  # Latin letters to consonant classes, longest first; "" is a vowel
    ("tch", "S"), ("sch", "S"), ("ph", "F"), ("sh", "S"), ("th", "T"), ("ch", "S"), ("ck", "K"),
    ("gh", ""), ("kh", "K"), ("qu", "K"), ("ce", "S"), ("ci", "S"), ("cy", "S"), ("ge", "S"),
    ("gi", "S"), ("wh", "W"), ("b", "P"), ("p", "P"), ("d", "T"), ("t", "T"), ("g", "K"),
    ("k", "K"), ("c", "K"), ("q", "K"), ("x", "KS"), ("l", "L"), ("r", "L"), ("f", "F"),
    ("v", "W"), ("w", "W"), ("s", "S"), ("z", "S"), ("j", "S"), ("m", "M"), ("n", "N"), ("h", "H"),
)  # fmt: skip
_SOUND = re.compile("|".join(letters for letters, _ in _CLASSES))
_OF = dict(_CLASSES)
# Classes that are written for one another: Volvo is 沃尔沃, Christine begins like Kristin.
_ALIKE = frozenset({"FW", "WF", "SK", "KS", "ST", "TS"})


def sounds_alike(han: str, latin: str) -> bool:
    """Whether a run of Chinese signs may be how a Latin name is written by its sound."""
    heard, said = _heard(han), _said(latin)
    if not heard or len(han) < SHORTEST or not said or heard[0].upper() != said[0]:
        return False
    cost, agreed = _apart(heard, said)
    allowed = SLACK * max(len(heard), len(said)) if len(han) > SHORTEST else UNHEARD
    return agreed >= FEWEST and cost <= allowed


def may_be_heard(han: str, latin: str) -> bool:
    """Whether Chinese signs may write a Latin name that is known to be one: 布朗 is Brown.

    More may differ than in `sounds_alike`, which finds names; this only asks after a given one.
    """
    heard, said = _known(han), _said(latin)
    if not heard or not said or not may_begin(han, latin):
        return False
    cost, agreed = _apart(heard, said)
    return agreed >= 1 and cost <= max(1.0, LAX * max(len(heard), len(said)))


def may_begin(han: str, latin: str) -> bool:
    """Whether a Chinese and a Latin name may begin with one sound; signs unknown here may be all.

    An l or n behind a first vowel may be left out: Altman is 奥特曼.
    """
    heard, said = _known(han[:2]), _said(latin)
    if not heard or not said or han[0] not in signs():
        return not heard or han[0] not in signs()
    firsts = said[: 2 if said[0] in "LN" else 1]
    return any(heard[0].upper() == it or heard[0].upper() + it in _ALIKE for it in firsts)


def _known(han: str) -> str:
    """The consonants of those signs that write foreign names."""
    return _heard("".join(sign for sign in han if sign in signs()))


@cache
def signs() -> frozenset[str]:
    """The signs in which foreign names are written."""
    return frozenset("".join(_table()["sounds"].values()))


def _heard(han: str) -> str:
    """The consonants of Chinese signs; "" where one of them writes no foreign name."""
    sounds, endings = _sounds(), _table()["endings"]["n"]
    found = []
    for sign in han:
        if sign not in signs():
            return ""
        found.append(sounds.get(sign, ""))
        if sign in endings and sounds.get(sign) != "N":
            found.append(CLOSING)
    return "".join(found)


def _said(latin: str) -> str:
    """The consonants of a Latin name; double ones once."""
    found = "".join(_OF[match] for match in _SOUND.findall(latin.casefold()))
    return re.sub(r"(.)\1+", r"\1", found)


def _apart(one: str, two: str) -> tuple[float, int]:
    """How much two rows of consonants differ, and how many agree, by their best alignment."""
    row: list[tuple[float, int]] = [(0.0, 0)]
    for consonant in two:
        row.append((row[-1][0] + _silent(consonant), row[-1][1]))
    for heard in one:
        new = [(row[0][0] + _price(heard), row[0][1])]
        for place, said in enumerate(two):
            same = heard.upper() == said
            swap = 0.0 if same else 0.5 if heard + said in _ALIKE else 2.0
            new.append(
                min(
                    (row[place][0] + swap, row[place][1] - same),
                    (row[place + 1][0] + _price(heard), row[place + 1][1]),
                    (new[-1][0] + _silent(said), new[-1][1]),
                )
            )
        row = new
    return row[-1][0], -row[-1][1]


def _price(consonant: str) -> float:
    """What it costs that a Latin name lacks a consonant of the Chinese one."""
    return 0.0 if consonant in FREE else 1.0


def _silent(consonant: str) -> float:
    """What it costs that a Chinese name leaves a consonant of the Latin one out."""
    return UNHEARD if consonant in "LN" else _price(consonant)


@cache
def _sounds() -> dict[str, str]:
    """The consonant of each sign, its first one where it has two; "" for vowels."""
    found: dict[str, str] = {}
    for consonant, row in _table()["sounds"].items():
        for sign in row:
            found.setdefault(sign, "" if consonant == "vowels" else consonant)
    return found


@cache
def _table() -> dict[str, dict[str, str]]:
    raw = (resources.files(__package__) / FILE).read_text(encoding="utf-8")
    return tomllib.loads(raw)
