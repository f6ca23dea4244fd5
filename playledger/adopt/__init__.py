"""The web application's old tables, taken over once, before the first deployment.

Knows what a campaign, a client and a vendor are; how a change is published, `playledger.publish` says.
"""
