"""Makes the installation that the journeys walk through, and prints who can log in.

Run as a program, with VFT_HOME set: the invented municipality at its smallest, read, computed and
published as any other.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path


def main(folder):
    os.environ["DJANGO_SETTINGS_MODULE"] = "vft.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from vft.access import demo_users
    from vft.pipeline.home import Home
    from vft.pipeline.ingest import ingest
    from vft.pipeline.run import newest, refresh_and_publish
    from vft.sources.invented import write
    from vft.web import assets

    home = Home.here()
    home.prepare()
    assets.ensure()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    ingest(home, write(folder, scale="small").exports)
    refresh_and_publish(home)
    districts = [(u.code, u.name) for u in newest(home).units("district", "now")]
    users = demo_users.create(districts=districts)
    print(json.dumps([asdict(user) for user in users]))  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main(Path(sys.argv[1]))
