"""What the ledger says beside what the files say: the account, its tables, and the export's profile."""
