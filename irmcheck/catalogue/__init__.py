"""The rule catalogue: rules/ -> Catalogue. Facilitators edit the YAML; rules/README.md is their guide."""

from irmcheck.catalogue.loader import load_catalogue
from irmcheck.catalogue.rules import Catalogue

__all__ = ["Catalogue", "load_catalogue"]
