"""Reference pages that write themselves from the library."""
