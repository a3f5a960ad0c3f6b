"""The world around the conversation: channels, store, settings, commands."""
