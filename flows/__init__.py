"""The conversation: (talk, event, world) -> turn. No I/O, no clock, no chance, no async."""
