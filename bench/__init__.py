"""Measurements, each printed beside its limit: `make bench`."""
