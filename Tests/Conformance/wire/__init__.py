"""Both ends of a proxy at the level of bytes: clients that may break every rule, and upstreams that record."""
