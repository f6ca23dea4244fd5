"""Pairs of names that may be one client, vendor or playlist: found, scored, kept in staging."""
