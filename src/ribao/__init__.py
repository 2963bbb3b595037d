"""ribao (日报): a newsroom that finds the day's events, and proves what it prints of them."""

__version__ = "0.1.0"
