"""`python -m sisterdata` is the `sisterdata` command."""

from sisterdata.cli.main import main

main()
