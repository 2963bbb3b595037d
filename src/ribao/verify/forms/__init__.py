"""The forms of a newsletter: a file of Markdown, HTML or an edition as printed sentences."""
