"""The tables and the model that ship with the package; `PROVENANCE.md` says where each comes from."""
