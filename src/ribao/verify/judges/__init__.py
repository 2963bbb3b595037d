"""The judges of one sentence: each finds one sort of error beside the twin or in the evidence."""
