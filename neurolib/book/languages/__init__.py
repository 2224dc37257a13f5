"""Editions of the book in several languages."""
