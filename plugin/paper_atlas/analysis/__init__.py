"""Analyses of a library: filters, leaderboards, lineage, related papers, gaps."""
