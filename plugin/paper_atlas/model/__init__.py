"""What an atlas is: vocabulary, entry, library."""
