"""The services that are asked; a new one is a module and a line here."""

from paper_atlas.enriching.arxiv import ARXIV
from paper_atlas.enriching.crossref import CROSSREF
from paper_atlas.enriching.datacite import DATACITE
from paper_atlas.enriching.openalex import OPENALEX
from paper_atlas.enriching.pubmed import PUBMED
from paper_atlas.enriching.service import Service

SERVICES: dict[str, Service] = {
    service.name: service for service in (CROSSREF, DATACITE, PUBMED, ARXIV, OPENALEX)
}
"""By name, in the order of whose word is taken where several say the same."""
