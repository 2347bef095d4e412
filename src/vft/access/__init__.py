"""Who may see what: users, roles, unit scope, identities and the log of every look at a person.

The first package that knows Django. Everything personal in the application database is
written by an action here, in one transaction with its audit.
"""
