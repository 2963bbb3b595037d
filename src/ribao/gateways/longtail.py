"""Services that ribao has no channel of its own for, through Apprise (an optional extra).

Apprise opens its own connections: the guard of the other gateways does not stand before it. What it
connects to is named by the owner alone, in the environment, and never by what was read.
"""

from __future__ import annotations

import logging

from ribao.errors import ConfigError, RetryableError

EXTRA = "pip install 'ribao[apprise]'"


def notify(subject: str, addresses: str, title: str, text: str) -> str:
    """Send one message to every address (separated by white space); return the receipt.

    Raises:
        ConfigError: Apprise is not installed, or an address is none.
        RetryableError: a service did not take it; `sent` is True, since it does not say more.
    """
    try:
        import apprise  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise ConfigError("Apprise is not installed", subject, hint=EXTRA) from error
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it logs addresses, which are secret
    sender = apprise.Apprise()
    wanted = addresses.split()
    known = sum(bool(sender.add(address)) for address in wanted)
    if known != len(wanted):
        detail = f"{len(wanted) - known} of {len(wanted)} are none that Apprise knows"
        raise ConfigError("no address of a service", subject, detail)
    if not sender.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT):
        raise RetryableError("a service did not take the message", subject)
    return f"taken by {known}"
