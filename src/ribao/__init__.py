"""ribao (日报): a newsroom that finds the day's events, writes them up and proves what it prints."""

__version__ = "0.1.0"
