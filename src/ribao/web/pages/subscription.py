"""What the links of a letter lead to: joining a mailing list, and leaving it.

For everybody, signed in or not: the token in the address is the right to do this one thing. A look
changes nothing, since scanners of mail follow links; the button posts, and so does the one click of
a mail program (RFC 8058).
"""

from __future__ import annotations

import os
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ribao.deliver.subscribing import follow
from ribao.errors import ConfigError, ContentError
from ribao.gateways.exits import Secrets
from ribao.publish.mail.channel import MailingList
from ribao.publish.mail.tokens import Wish, read
from ribao.web import sending
from ribao.web.entry import TheOffice
from ribao.web.office import Office
from ribao.web.rendering import render

router = APIRouter(prefix="/mail")
Action = Literal["confirm", "unsubscribe"]
Token = Annotated[str, Query(max_length=200)]


@router.get("/{action}")
def look(request: Request, office: TheOffice, action: Action, token: Token = "") -> Response:
    """Ask once more, with a button."""
    wish, _secret = _wish(office, action, token)
    return render(request, "subscription.html.j2", action=wish.action, token=token, done=False)


@router.post("/{action}")
def act(request: Request, office: TheOffice, action: Action, token: Token = "") -> Response:
    """Join or leave. Doing it twice does it once."""
    wish, secret = _wish(office, action, token)
    follow(office.store, token, secret, office.clock.now())
    return render(request, "subscription.html.j2", action=wish.action, token=token, done=True)


def _wish(office: Office, action: Action, token: str) -> tuple[Wish, str]:
    """What a token asks for, and the secret of the list that made it.

    Raises:
        ConfigError: there is no mailing list here.
        ContentError: no list of ours made this token, or it is over.
    """
    lists = [one for one in sending.channels(office) if isinstance(one, MailingList)]
    if not lists:
        raise ConfigError("there is no mailing list here")
    refusal = ContentError("this link is not good")
    for one in lists:
        secret = Secrets(os.environ).get(one.name, "SECRET")
        try:
            wish = read(token, secret, office.clock.now())
            if wish.action == action:
                return wish, secret
        except ContentError as error:
            refusal = error
    raise refusal
