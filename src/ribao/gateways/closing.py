"""What gateways that hold something open share: the end of their `with` block closes them."""

from __future__ import annotations

from types import TracebackType
from typing import Self


class Closing:
    """Closed at the end of its `with` block, also after an error."""

    __slots__ = ()

    def __enter__(self) -> Self:
        """The gateway itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; the error goes on."""
        self.close()

    def close(self) -> None:
        """Give back what is held open.

        Raises:
            NotImplementedError: always; each gateway has its own.
        """
        raise NotImplementedError
