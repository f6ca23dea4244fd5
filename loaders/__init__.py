"""What brings data in: settings, database, readers of files, the scraper, the load into staging."""
