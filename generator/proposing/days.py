"""Dates, in any language."""

import re

DAY = re.compile(r"(?P<day>[0-9]{1,2})\.? (?P<month>[^\W\d]{3,})\.? (?P<year>[0-9]{4})")
"""A date with a month's name in any language, which to Markdown may be a numbered list."""
