"""The room Administrasjon: who may what, who has seen whom, and what is set for everyone."""
