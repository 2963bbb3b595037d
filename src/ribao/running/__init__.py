"""What a run needs besides the eight steps: its order, its sources, its memory and its ledger."""
