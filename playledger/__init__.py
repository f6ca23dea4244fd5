"""What is done with the ledger: the command, the main job, publishing, review, the account, pages."""
