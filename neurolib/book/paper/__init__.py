"""The book on paper: each edition, and each of its pages, as a PDF file that a browser prints."""
