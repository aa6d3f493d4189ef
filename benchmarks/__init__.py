"""How long things take: this atlas and its peers on the same papers, measured side by side."""
