"""The supported services. To add one, write a module and add its service to `SERVICES`."""

from paper_atlas.enrich.services.arxiv import ARXIV
from paper_atlas.enrich.services.base import Service
from paper_atlas.enrich.services.crossref import CROSSREF
from paper_atlas.enrich.services.datacite import DATACITE
from paper_atlas.enrich.services.openalex import OPENALEX
from paper_atlas.enrich.services.pubmed import PUBMED

SERVICES: dict[str, Service] = {
    service.name: service for service in (CROSSREF, DATACITE, PUBMED, ARXIV, OPENALEX)
}
"""Services by name. If several have the same value, the first one counts."""
