"""The doors through which anybody, ribao itself included, adds to ribao."""
