"""The first call of a portable function compiles it, so a deadline would measure the compiler."""

from hypothesis import settings

settings.register_profile("laws", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("laws")
