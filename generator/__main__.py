"""`python -m generator`: the same as the command `ctek-codegen`."""

from generator.cli import main

main()
