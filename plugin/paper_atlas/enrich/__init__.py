"""What services on the web know of a paper by its identifiers, as a proposal for its entry.

Only the command `paper-atlas enrich` asks the network; nothing here is part of a build.
"""
