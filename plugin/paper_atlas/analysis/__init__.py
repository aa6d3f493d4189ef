"""What is computed from a library."""
