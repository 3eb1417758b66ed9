"""``python -m tests.bench``: every bench beside this file, in order of name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run each ``bench_*.py``."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        module = import_module(f"tests.bench.{path.stem}")
        print(f"== {path.stem.removeprefix('bench_')}: {(module.__doc__ or '').splitlines()[0]}")
        module.main()


if __name__ == "__main__":
    main()
