"""Run benchmarks by name, or all of them: every module beside this one that has a `main()`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

NAMES = tuple(
    sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem[0] != "_")
)


def run(names: list[str]) -> None:
    """Run each named benchmark; complain about a name that is none."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)} (there are: {', '.join(NAMES)})")
    for name in names or [name for name in NAMES if not name.endswith("_soak")]:
        print(f"\n== {name} ==", flush=True)
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    wanted = sys.argv[1:]
    run([name for name in NAMES if name.endswith("_soak")] if wanted == ["soak"] else wanted)
