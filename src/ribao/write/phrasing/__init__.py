"""Writing with a model: it may phrase what the reports say, and add nothing.

    showing   the story's reports as numbered passages, fenced, without what gives orders
    contract  the form of an answer, read strictly
    faults    what is wrong with a sentence before anybody proves it
    drafting  one story: ask, prove, send back once, fall back on the reports' own words
    fronting  the edition: title, titles of sections, the day in short

Addresses never come from a model: links and references are those of the article that was made
without one, and an article is only ever changed in its words.
"""

from __future__ import annotations

from ribao.write.phrasing.drafting import Phrased, first_tasks, phrase
from ribao.write.phrasing.fronting import front
from ribao.write.phrasing.orders import without_orders
from ribao.write.phrasing.proving import Phraser, Prove

__all__ = ["Phrased", "Phraser", "Prove", "first_tasks", "front", "phrase", "without_orders"]
