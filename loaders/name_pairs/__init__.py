"""Names that may mean one client, vendor or playlist: compared, scored, and kept in staging."""
