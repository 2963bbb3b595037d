"""A number that is wrong, in the form of the true one."""

from __future__ import annotations

from random import Random


def other_number(words: str, random: Random) -> str:
    """A number of the same form that cannot be told as the true one, rounded or not."""
    plain = words.replace(",", "")
    value = float(plain)
    decimals = len(plain.split(".")[1]) if "." in plain else 0
    for _ in range(20):
        choice = random.choice(("times", "plus", "turned"))
        if choice == "times":
            changed = value * random.choice((1.3, 1.5, 2, 3, 0.5, 0.7))
        elif choice == "plus":
            changed = value + random.choice((1, 2, 3, 5)) * (10 ** max(0, len(str(int(value))) - 2))
        else:
            changed = float(str(int(value))[::-1])
        text = f"{changed:,.{decimals}f}" if "," in words else f"{changed:.{decimals}f}"
        if text != words and abs(float(text.replace(",", "")) - value) > 0.15 * value:
            return text
    return ""
