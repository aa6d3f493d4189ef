"""The Content-Security-Policy of a page: what a browser may load and run for it.

The pages of an atlas need files of their own site only. Material has scripts in its pages, which
depend on its version, its options and the depth of the page. The policy names each by its hash.
https://www.w3.org/TR/CSP3/
"""

import base64
import re
from hashlib import sha256

from paper_atlas.text.html import markup, vetted

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""What the pages need. Material's style sheets have icons as `data:` images."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_FROM_FILE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_DATA = re.compile(r"""\btype\s*=\s*["']?application/(?:ld\+)?json""", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


def with_policy(output: str) -> str:
    """Return a page with its policy in its head, before anything that the browser loads."""
    hashes = "".join(f" '{one}'" for one in dict.fromkeys(map(_hash, _scripts(output))))
    policy = POLICY.replace("script-src 'self'", f"script-src 'self'{hashes}")
    tag = markup('<meta http-equiv="Content-Security-Policy" content="%s">', vetted(policy))
    return _HEAD.sub(lambda match: f"{match[0]}{tag}", output, count=1)


def _scripts(output: str) -> list[str]:
    """Return the scripts in a page that a browser runs."""
    return [
        text
        for attributes, text in _SCRIPT.findall(output)
        if not _FROM_FILE.search(attributes) and not _DATA.search(attributes)
    ]


def _hash(script: str) -> str:
    """Return the source of a script for a policy. Browsers hash it with normalized line breaks."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
