"""What readers get: the site, the printed book, notebooks, and an archive of all data."""
