"""A library as a website, for any host."""
