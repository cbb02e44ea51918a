"""The checks, in the order in which they run: answers first, then the server, then the programs around it."""

order = [
    "reviews", "denials", "commands", "lint", "inspection", "catalogs", "hostile", "shipped", "certificates",
    "transport", "input", "reload", "shutdown", "proxy", "readme",
]
