"""The Zalo channel: the documented Bot API, never tried against the live service; answers go by their numbers.

`sendPhoto` is not called: it takes an address, and no picture that a talk has may lie at one. A QR opens its list, and
the chart of a report is for members alone; so a list comes here as a link and a code, a chart as figures.
"""
