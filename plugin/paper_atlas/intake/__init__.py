"""Turn drafts of papers into entry files."""
