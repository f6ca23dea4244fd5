"""The account: what the ledger holds beside what its files say; the profile of an export."""
