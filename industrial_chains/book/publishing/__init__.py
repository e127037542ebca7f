"""What readers take away: the book on paper, its notebooks, and an archive of all data."""
