"""One module per kind of file: bytes in, clean records and rejected records out.

Pure functions: no database, no network, no clock. Reading a file twice gives equal records.
"""
