"""A plan as a person reads it: a sentence, tables on the terminal, a page.

Only this package knows what a campaign or an SFA URL is; publishing itself compares tables.
"""
