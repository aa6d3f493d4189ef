"""The services that are asked; a new one is a module and a line here."""

from paper_atlas.enrich.services.arxiv import ARXIV
from paper_atlas.enrich.services.base import Service
from paper_atlas.enrich.services.crossref import CROSSREF
from paper_atlas.enrich.services.datacite import DATACITE
from paper_atlas.enrich.services.openalex import OPENALEX
from paper_atlas.enrich.services.pubmed import PUBMED

SERVICES: dict[str, Service] = {
    service.name: service for service in (CROSSREF, DATACITE, PUBMED, ARXIV, OPENALEX)
}
"""By name, in the order of whose word is taken where several say the same."""
