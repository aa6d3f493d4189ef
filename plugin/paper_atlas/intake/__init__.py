"""From drafts to entries."""
