"""The web application's legacy tables, adopted once, before the first deployment.

This package knows what a campaign, a client and a vendor are; `playledger.publish` publishes.
"""
