"""New keys for old, over all stores that they lock. Interrupted, each is completed by a rerun."""

from vft.access import identities, renaming
from vft.lake import manifest
from vft.lake.keys import Keys
from vft.lake.rotation import new_pseudonyms, rotate_pseudonyms, rotate_vault
from vft.lake.vault import Vault
from vft.pipeline.home import Home


def rotate(home: Home, *, which: str) -> str:
    """Change one key: ``vault``, ``pseudonym`` or ``identities``. Says in bokmål what was done.

    Raises:
        LakeError: someone in the lake is not among the identities, so that no new pseudonym can be
            made; nothing is changed.
        VaultError: the vault's private key is not there.
    """
    return {"vault": _vault, "pseudonym": _pseudonym, "identities": _identities}[which](home)


def _vault(home: Home) -> str:
    files = rotate_vault(home.lake, Vault(home.vault, Keys(home.keys)))
    return f"{files} filer i hvelvet er kryptert med en ny nøkkel. Den gamle er borte."


def _pseudonym(home: Home) -> str:
    keys = Keys(home.keys)
    current = keys.pseudonymiser(manifest.latest(home.lake).pseudonym_key)
    # a change that was interrupted after the lake had changed left the identities behind
    if renaming.rename(current):
        return "Et nøkkelbytte som var avbrutt, er fullført. Kjør igjen for å bytte på nytt."
    coming = keys.next_pseudonymiser()
    rows = rotate_pseudonyms(home.lake, new_pseudonyms(renaming.everyone(), coming), coming)
    renaming.rename(keys.pseudonymiser(coming.fingerprint))
    return f"{rows} rader i datalageret har fått nye pseudonymer. Tallene er de samme."


def _identities(_home: Home) -> str:
    return f"{identities.rotate_keys()} identiteter er kryptert med en ny nøkkel."
