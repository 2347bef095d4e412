"""What technology gives: dated prices, a case before and after, money over years. Pure functions.

Conventions that hold in every module: what is not documented is ``None`` and never 0; freed time
is not money until it is redeployed and budgeted; perspectives are never added together.
"""
