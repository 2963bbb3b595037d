"""A judgement of the author: a sentence that weighs and advises, and claims no fact of its own.

"Buyers who can wait have little reason to hurry" is in no report and need not be. It is known by a
word that weighs, and by what it lacks: figures, days, names, quotations, ranks.
"""

from __future__ import annotations

import re

from ribao.verify.case import Case
from ribao.verify.claims import FACTS, QUOTATION, SUPERLATIVE

_WEIGHING = re.compile(
    "足够|迟早|总比|值得|看来|不妨|难免|可谓|堪称|说到底|毕竟|恐怕|显然|未必|好消息|坏消息|不必|何必|与其|不容|不算"
    "|算不上|谈不上|耐人寻味|意味深长|可惜|遗憾|可喜|可贵|明智|体面|划算|靠谱|说得过去|是否真的"
    r"|\b(?:should|ought|worth|reason to|no wonder|surpris\w+|welcome|seems?|hardly|arguably"
    r"|frankly|our view|we think|good news|bad news|wise|wisely|foolish|remarkabl\w+|respectabl\w+"
    r"|sensibl[ey]|lesson|had better|time will tell|remains to be seen"
    r"|too (?:early|late|soon|much|little)|pity|impressive"
    r"|disappointing|encouraging|worrying|deserves?|better off|not enough|hard to)\b",
    re.IGNORECASE,
)


def is_judgement(case: Case) -> bool:
    """Tell whether a sentence only weighs what was reported."""
    hard = FACTS | {QUOTATION, SUPERLATIVE}
    return (
        not any(claim.family in hard for claim in case.claims)
        and _WEIGHING.search(case.sentence.text) is not None
    )
