"""rank: Story -> Story. Which stories matter, in which section, and why the others do not.

Start at `choose.rank`. `weigh` gives the points, `pages` the places, `place` the section; `voices`
counts outlets, `patterns` knows kinds of writing and acts, `wording` likens headlines, `memory`
knows what was printed, and `promises` what was announced for a later day.
"""

from ribao.rank.choose import rank

__all__ = ["rank"]
