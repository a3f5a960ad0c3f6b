"""The channels: what arrives becomes an event, a reply becomes what is shown. They never import each other."""
