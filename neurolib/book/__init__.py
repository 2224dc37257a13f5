"""The Sphinx extension and what a built book needs besides the explorers."""
