"""Requests to the web. Every request of a command goes through `web.fetch`, which bounds it.

A build asks nothing. The package needs the extra `enrich`.
"""
