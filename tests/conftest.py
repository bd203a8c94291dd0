"""Settings of all tests: a busy machine is no failure of a property."""

from hypothesis import settings

settings.register_profile("lapwing", deadline=None)
settings.load_profile("lapwing")
