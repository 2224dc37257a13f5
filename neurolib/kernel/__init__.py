"""From a cell, which is data, to compiled functions."""
