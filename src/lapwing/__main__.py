"""`python -m lapwing` is the command `lapwing`."""

from lapwing.cli import main

main()
