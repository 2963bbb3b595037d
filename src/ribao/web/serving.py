"""`ribao serve`: opens what a run made, prints the first one-time link, and serves the desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import typer
import uvicorn

from ribao.beat import load_beat
from ribao.config import Config, load_config
from ribao.errors import ConfigError
from ribao.gateways.clock import SystemClock
from ribao.plugins.loader import load_plugins, outputs
from ribao.store import open_store
from ribao.web.app import create_app
from ribao.web.office import Office, open_office
from ribao.web.pages.sign_in import one_time_link
from ribao.web.places import Where, store_path
from ribao.web.scheduling import keeping_time

# IPPROTO_TCP, TCP_NODELAY, on: asyncio does so only for sockets that name their protocol, and
# without it the second half of every answer waits 40 ms for the acknowledgement of the first.
NO_DELAY = (6, 1, 1)
CONNECTIONS = 512  # at once; more are told to come back, so that files do not run out


@contextmanager
def opened(where: Where, config: Config) -> Iterator[Office]:
    """The office over the store of a folder."""
    known = outputs(load_plugins())
    unknown = [name for name in config.publish.outputs if name not in known]
    if unknown:
        raise ConfigError("no such output", ", ".join(unknown))
    chosen = tuple(known[name] for name in config.publish.outputs)
    with open_store(store_path(where, config)) as store:
        yield open_office(
            store, config, load_beat(config.edition.beat), SystemClock(), chosen, where.output
        )


def first_link(office: Office, base: str) -> str:
    """Where nobody has an account yet: the address at which the first owner makes one."""
    if office.people.accounts():
        return ""
    return f"{base}/welcome/{one_time_link(office, '')}"


def serve(where: Where) -> None:
    """Serve until interrupted.

    Raises:
        ConfigError: there is nothing to serve, or the port is taken.
    """
    config = load_config(where.config)
    host = where.host or config.web.host
    port = config.web.port if where.port is None else where.port
    _warn(host, config)
    with opened(where, config) as office:
        settings = uvicorn.Config(
            create_app(office),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=15,
            proxy_headers=False,
        )
        try:
            listening = settings.bind_socket()
        except SystemExit as error:  # uvicorn's way to say that it could not listen
            raise ConfigError("cannot listen", f"{host}:{port}", "is the port taken?") from error
        listening.setsockopt(*NO_DELAY)
        base = config.web.address or f"http://{_shown(host)}:{listening.getsockname()[1]}"
        typer.echo(f"ribao: the desk is at {base}/")
        link = first_link(office, base)
        if link:
            typer.echo(f"ribao: nobody has an account here yet; the first one is made at\n  {link}")
            typer.echo("(the link is good once, for a day)")
        with keeping_time(office):
            uvicorn.Server(settings).run(sockets=[listening])


def _shown(host: str) -> str:
    """The name for browsers: a passkey is bound to a name, and an address is none."""
    if host in {"127.0.0.1", "::1"}:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _warn(host: str, config: Config) -> None:
    """Passwords do not travel in the open: off loopback there must be TLS before the desk."""
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback and not config.web.address.startswith("https://"):
        typer.echo(
            f"ribao: {host} is not loopback and [web] address names no https:// address; "
            "passwords would travel unencrypted",
            err=True,
        )
