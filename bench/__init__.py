"""Benchmarks: `python -m bench [name ...]` prints tables; docs/benchmarks.md keeps the figures."""
