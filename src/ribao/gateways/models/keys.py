"""Keys: from the environment or from a file, read when needed, kept nowhere."""

from __future__ import annotations

import os
from pathlib import Path

from ribao.errors import ConfigError
from ribao.gateways.models.offers import Offer


def read_key(offer: Offer) -> str:
    """The key of a service; "" where it needs none.

    Raises:
        ConfigError: it needs one and there is none, or the file cannot be read.
    """
    service = offer.service
    if service.key_file:
        path = Path(service.key_file).expanduser()
        try:
            key = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            detail = error.strerror if isinstance(error, OSError) else "not a text"
            raise ConfigError("cannot read the key file", str(path), str(detail)) from None
        if not key:
            raise ConfigError("the key file is empty", str(path))
        return key
    if not service.key_env:
        return ""
    key = os.environ.get(service.key_env, "").strip()
    if not key:
        hint = f"set the environment variable {service.key_env}"
        raise ConfigError("no key for the model", offer.name, hint=hint)
    return key
