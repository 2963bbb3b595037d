"""The tests of ribao."""
