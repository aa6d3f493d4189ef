"""What is computed from a library: filters, leaderboards, lineage, related papers, gaps."""
