"""The Content-Security-Policy in a page names the scripts that a browser runs."""

import base64
import re
from hashlib import sha256

import pytest
from paper_atlas.mkdocs_plugin.content_policy import POLICY, with_policy


def sources(page: str) -> list[str]:
    """The hashes in the policy of a page."""
    return re.findall(r"'sha256-([^']+)'", with_policy(page))


def hash_of(script: str) -> str:
    return base64.b64encode(sha256(script.encode()).digest()).decode()


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<head></head>", []),
        ("<head><script>a()</script></head><script>b()\n</script>", ["a()", "b()\n"]),
        ("<head><script>a()</script><SCRIPT type=module>a()</SCRIPT>", ["a()"]),
        ("<head><script src='a.js'></script><script async src=a.js></script>", []),
        ('<head><script type="application/ld+json">{}</script>', []),
        ('<head><script id="__config" type=application/json>{}</script>', []),
        ("<head><script>ü\r\n</script>", ["ü\n"]),
    ],
)
def test_each_script_that_runs_has_its_hash(page: str, scripts: list[str]) -> None:
    assert sources(page) == [hash_of(script) for script in scripts]


@pytest.mark.parametrize("head", ["<head>", '<head prefix="og: http://ogp.me/ns#">', "<HEAD>"])
def test_the_policy_is_the_first_thing_in_the_head(head: str) -> None:
    page = with_policy(f"<html>{head}<link href=a.css></head></html>")
    tag = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    assert page == f"<html>{head}{tag}<link href=a.css></head></html>"


def test_a_text_without_a_head_stays() -> None:
    assert with_policy("<header>a</header>") == "<header>a</header>"
