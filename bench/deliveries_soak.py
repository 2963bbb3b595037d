"""Publishing to six channels under 200 kills; `deliveries` is the short form."""

from __future__ import annotations

from bench.deliveries import main as sweep


def main(kills: int = 200) -> None:
    """Print what the sweeps found."""
    sweep(kills)


if __name__ == "__main__":
    main()
