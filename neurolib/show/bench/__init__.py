"""The bench in a page: readers build a cell and an experiment of their own, and the generic kernel runs it."""
