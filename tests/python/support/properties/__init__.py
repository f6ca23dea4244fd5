"""What the tests of properties are made of: cells, sheets, the expected ledger, the real one."""
