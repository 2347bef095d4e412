"""How an installation is set up: settings from the environment, and the doors to the web."""
