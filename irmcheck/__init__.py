"""irmcheck: does a village plan treat disaster, climate and ecosystem risk as one?"""

__version__ = "0.1.0"
