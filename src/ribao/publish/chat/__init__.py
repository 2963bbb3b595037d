"""Editions as chat messages: native cards of each service, cut at story borders only."""
