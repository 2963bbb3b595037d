"""Tests of verify, with the invented reports they share."""
