"""The pages of an atlas: one module for each kind, with functions from the library to pages."""
