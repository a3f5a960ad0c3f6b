"""Measurements that a reader can repeat: `./run bench turns`, `./run bench search`."""
