"""`python -m paper_atlas`: the command `paper-atlas`."""

import sys

from paper_atlas.cli import main

if __name__ == "__main__":
    sys.exit(main())
