"""The metadata in the head of a page."""

import json

from bs4 import BeautifulSoup


def json_ld(page: BeautifulSoup) -> dict[str, dict[str, object]]:
    """Return the JSON-LD of a page by type."""
    found = [json.loads(tag.string) for tag in page.select('script[type="application/ld+json"]')]
    assert all(thing["@context"] == "https://schema.org" for thing in found)
    assert len({thing["@type"] for thing in found}) == len(found)
    return {thing["@type"]: thing for thing in found}


def meta_tags(page: BeautifulSoup) -> dict[str, str]:
    """Return the description and the Open Graph tags of a page, by name or property."""
    named = page.select("head meta[property^='og:'], head meta[name=description]")
    names = [tag.get("property") or tag["name"] for tag in named]
    assert len(set(names)) == len(names)
    return {name: tag["content"] for name, tag in zip(names, named, strict=True)}
