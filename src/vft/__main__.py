"""``python -m vft``: the commands."""

from vft.commands import main

if __name__ == "__main__":
    main()
