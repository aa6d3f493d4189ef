"""Look papers up in web services by their identifiers, and propose additions to their entries.

Only the command `paper-atlas enrich` uses the network. A build never does.
"""
