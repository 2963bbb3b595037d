"""verify: every claim of every sentence against its evidence, in Chinese and English."""

from ribao.verify.articles import verify

__all__ = ["verify"]
