"""Editions as mail: letters, who they go to, and the tokens that let people in and out."""
