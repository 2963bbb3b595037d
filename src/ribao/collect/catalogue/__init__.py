"""The built-in catalogue of sources: one TOML file for each category."""
