"""How fast, how right: scores on our own test split and on public sets, and the floors `make test` holds."""
