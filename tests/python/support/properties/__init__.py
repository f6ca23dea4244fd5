"""Support for the property tests: cells, sheets, the expected ledger, the ledger under test."""
