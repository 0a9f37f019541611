"""`python -m generator`: the same as the command `ctek-codegen`."""

from .cli import main

main()
