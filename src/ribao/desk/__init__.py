"""The desk: what an editor may do to an edition, as pure functions over the nouns.

A `Draft` is an edition on the desk. `changes` moves, holds, merges and rewords; each change takes a
draft and gives a new one, so that undoing is having the old one again. `checking` proves a
sentence while it is typed, `telling` writes a story up anew, `queue` finds what might still come
in, `learning` fits the ranking to what editors did. No function here knows a server or a store.
"""

from ribao.desk.draft import Bundle, Draft, Override, open_draft, printable

__all__ = ["Bundle", "Draft", "Override", "open_draft", "printable"]
