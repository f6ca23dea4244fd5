"""What brings data in: settings and database, readers of files, the scraper, the load."""
