"""rank: Story -> Story. Which stories matter, in which section, and why the others do not.

Start at `choose.rank`; `weigh` gives the points, `voices` counts outlets, `patterns` knows kinds of
writing, `memory` knows what was printed.
"""

from ribao.rank.choose import rank

__all__ = ["rank"]
