"""A beat: what an edition is about, as a file. `beats/ai.toml` is the built-in one.

A beat names the words that mark its field (and how strongly), the words that mark noise, the
sections of the paper with the rules that fill them, and the organisations that weigh more.
"""

from __future__ import annotations
