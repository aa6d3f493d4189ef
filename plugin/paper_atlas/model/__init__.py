"""The model of an atlas: vocabulary, entry, library."""
