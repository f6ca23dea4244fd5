"""What is done with the ledger: command, main job, publishing, review, account and pages."""
