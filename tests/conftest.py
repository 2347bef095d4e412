"""Its being here lets every test import the modules beside it: factories, visible."""

from hypothesis import settings

# what a try takes is the machine's business, and one that others use too may be slow at any time
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")
