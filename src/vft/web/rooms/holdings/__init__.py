"""The room Datagrunnlag: where the figures come from, and what is wrong with it."""
