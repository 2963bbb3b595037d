"""The only ways out: the web, web archives, the clock, mail, models."""
