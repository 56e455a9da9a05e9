"""`python -m irmcheck`."""

from irmcheck.cli import main

if __name__ == "__main__":
    main()
