"""Its being here lets every test import the modules beside it: factories, visible."""
