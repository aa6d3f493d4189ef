"""Benchmarks: this atlas and its peers, measured in turn on the same papers."""
