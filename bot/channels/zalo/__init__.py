"""The Zalo channel: the documented Bot API, never tried against the live service; answers go by their numbers."""
