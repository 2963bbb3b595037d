"""The only SQL: what ribao remembers between runs, and the ledger of what became of everything."""

from ribao.store import desk_tables as _desk_tables  # noqa: F401 - its tables join the schema
from ribao.store.newsroom import Store, open_store

__all__ = ["Store", "open_store"]
