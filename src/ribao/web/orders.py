"""What an editor can order: one small table for each verb, the same for forms and for the API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ribao.complaints import complaints
from ribao.errors import ConfigError

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,80}$")]
NO_NUL = r"^[^\x00]*$"  # which PostgreSQL cannot keep
Words = Annotated[str, Field(max_length=2_000, pattern=NO_NUL)]
Place = Annotated[str, Field(pattern=r"^(headline|paragraph\.\d{1,3}|insight\.\d{1,3}\.\d{1,3})$")]


class Order(BaseModel):
    """One order; closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @property
    def subjects(self) -> frozenset[str]:
        """The stories and sections that the order changes: others may change meanwhile."""
        fields = ("story", "section", "into", "other")
        return frozenset(str(getattr(self, name)) for name in fields if getattr(self, name, ""))

    @property
    def subject(self) -> str:
        """The one that the list of changes names."""
        names = ("story", "into", "section")
        return next((str(getattr(self, one)) for one in names if hasattr(self, one)), "")


class Put(Order):
    """Put a story into a section, before another one or ("") at its end."""

    verb: Literal["place"]
    story: Id
    section: Id
    before: Id | Literal[""] = ""

    @property
    def subjects(self) -> frozenset[str]:
        """A move touches the story alone: its neighbours may move, too."""
        return frozenset({self.story})


class Step(Order):
    """Move a story up (-1) or down (+1)."""

    verb: Literal["step"]
    story: Id
    by: Literal[-1, 1]


class Pin(Order):
    """Keep a story at the head of its section, or let go of it."""

    verb: Literal["pin"]
    story: Id
    on: bool = True


class Hold(Order):
    """Take a story out of the edition, with the reason."""

    verb: Literal["hold"]
    story: Id
    reason: Words


class BringBack(Order):
    """Put a story that was held in again."""

    verb: Literal["bring-back"]
    story: Id


class Take(Order):
    """Write up a story of the queue and put it in."""

    verb: Literal["take"]
    story: Id
    section: Id | Literal[""] = ""


class Rename(Order):
    """Give a section another title."""

    verb: Literal["rename"]
    section: Id
    title: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]


class Entitle(Order):
    """Give the edition a title; "" lets it follow the first stories."""

    verb: Literal["entitle"]
    title: Annotated[str, Field(max_length=200, pattern=NO_NUL)] = ""

    @property
    def subjects(self) -> frozenset[str]:
        """There is one title."""
        return frozenset({self.verb})


class Merge(Order):
    """Make one story of two; `other` may stand in the queue."""

    verb: Literal["merge"]
    into: Id
    other: Id


class Split(Order):
    """Take reports out of a story; they become a story of the queue."""

    verb: Literal["split"]
    story: Id
    documents: Annotated[tuple[Id, ...], Field(min_length=1, max_length=50)]


class Rewrite(Order):
    """Write a story up anew from its reports."""

    verb: Literal["rewrite"]
    story: Id


class Reword(Order):
    """Put other words at a place of a story; "" takes the sentence out."""

    verb: Literal["reword"]
    story: Id
    place: Place
    text: Words


class AddSentence(Order):
    """Put a sentence at the end of a story's paragraph."""

    verb: Literal["add-sentence"]
    story: Id
    text: Annotated[str, Field(min_length=1, max_length=2_000, pattern=NO_NUL)]


class Vouch(Order):
    """Print a sentence that fails its check, with the reason.

    The title has the place "title"; its story is the edition.
    """

    verb: Literal["override"]
    story: Id
    place: Place | Literal["title"]
    reason: Annotated[str, Field(min_length=1, max_length=2_000, pattern=NO_NUL)]

    @property
    def subjects(self) -> frozenset[str]:
        """The story, or the title."""
        return frozenset({"entitle" if self.place == "title" else self.story})


AnyOrder = Annotated[
    Put | Step | Pin | Hold | BringBack | Take | Rename | Entitle | Merge | Split | Rewrite | Reword
    | AddSentence | Vouch,
    Field(discriminator="verb"),
]  # fmt: skip
_ADAPTER: TypeAdapter[Order] = TypeAdapter(AnyOrder)


def read_order(table: dict[str, Any]) -> Order:
    """Read an order from a form or from JSON.

    Raises:
        ConfigError: it is none.
    """
    try:
        return _ADAPTER.validate_python(table)
    except ValidationError as error:
        raise ConfigError("no such order", str(table.get("verb", "")), complaints(error)) from error
