"""Playlist Ledger: exports and scraped streams in, one PostgreSQL database out."""
