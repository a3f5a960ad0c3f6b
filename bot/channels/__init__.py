"""The channels: what arrives becomes an event, a reply becomes what the channel can show. They never import each other."""
