"""Work that counts: a reader's list of it, a class's table, and packages for learning platforms (SCORM)."""
