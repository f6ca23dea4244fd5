"""Proof that the ledger, built step by step, is the one that its files give from nothing."""
