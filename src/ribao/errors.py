"""One tree of errors, cut by who must act.

    RibaoError
    +-- ConfigError        the owner of this newsroom: a setting, a file, a command line
    +-- PluginError        the author of a plugin
    +-- RemoteError        the outside world: a host, a network
    |   +-- RefusedError   we will not go there: address, robots, limit (trying again is no use)
    |   |   `-- BouncedError   an address that takes no mail
    |   +-- GoneError      the host says it is gone for good
    |   `-- RetryableError time-outs, 429, 5xx: a later run may succeed
    +-- ContentError       what was fetched cannot be read
    +-- ModelError         a language model: refusal, garbage, budget
    |   `-- BudgetError    the money cap would be passed
    +-- StoreError         the database or the disk under it
    `-- PublishError       a channel that did not take a publication

Every message is one sentence, *what: 'subject': detail*, and may carry a hint that says what to do.
Foreign exceptions are translated at the gateway that met them, always with `raise ... from`.
"""

from __future__ import annotations


class RibaoError(Exception):
    """The root. `what` is a short noun phrase, `subject` the thing it happened to."""

    exit_code = 1

    def __init__(self, what: str, subject: str = "", detail: str = "", *, hint: str = "") -> None:
        """Compose the one sentence from its parts; empty parts are left out."""
        self.what, self.subject, self.detail, self.hint = what, subject, detail, hint
        quoted = f"'{subject}'" if subject else ""
        super().__init__(": ".join(part for part in (what, quoted, detail) if part))


class ConfigError(RibaoError):
    """The owner must change a setting, a file or a command line."""

    exit_code = 2


class PluginError(RibaoError):
    """The author of a plugin must act."""


class RemoteError(RibaoError):
    """A host or the network failed us."""

    sent = True  # whether the host may have got something of the request; False where surely not


class RefusedError(RemoteError):
    """The gateway will not make this request; trying again is no use."""


class BouncedError(RefusedError):
    """A mail address does not exist, or takes no mail."""


class GoneError(RemoteError):
    """The host says that this address is gone for good (410)."""


class RetryableError(RemoteError):
    """A later try may succeed. `retry_after` is in seconds where the host named it."""

    def __init__(
        self,
        what: str,
        subject: str = "",
        detail: str = "",
        *,
        hint: str = "",
        retry_after: float | None = None,
    ) -> None:
        """Keep the delay that the host asked for beside the sentence."""
        super().__init__(what, subject, detail, hint=hint)
        self.retry_after = retry_after


class ContentError(RibaoError):
    """What was fetched cannot be read as what it claims to be."""


class ModelError(RibaoError):
    """A language model refused, answered garbage or did not answer."""


class BudgetError(ModelError):
    """The next call could pass the money cap, so it was not made."""


class StoreError(RibaoError):
    """The database, or the disk under it, failed."""


class PublishError(RibaoError):
    """A channel did not take a publication."""
