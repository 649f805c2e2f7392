"""A seeded generator of DDL scripts: what exists so far is kept in a rough model, so that most statements mean something."""
