"""A plan as a person reads it: a sentence, tables on the terminal, a page.

What a campaign, a goal or an SFA URL is called is known here; publishing itself compares tables.
"""
