"""What the ledger says beside what the files say, as figures, tables and JSON."""
