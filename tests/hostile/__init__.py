"""Hostile input: what strangers send, what machines do in the middle of work."""
