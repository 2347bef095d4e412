"""What may be shown to whom: small counts are hidden, and so that nothing else tells them.

Knows arrays of counts only: no Django, no engine. See docs/adr/0013.
"""
