"""Repairs of the theme and of its extensions. Each says what upstream should do, and when the file may go."""
