"""The one TLS context: which certificates are believed. It costs 30 ms, so it is made once."""

from __future__ import annotations

import ssl
from functools import cache

import httpx2


@cache
def tls_context() -> ssl.SSLContext:
    """The authorities that come with httpx2; the environment cannot name others."""
    return httpx2.create_ssl_context(trust_env=False)
