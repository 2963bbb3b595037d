"""The texts of the sample, as data."""
