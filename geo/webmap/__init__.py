"""Draw events as one HTML page that needs no network, and as static figures."""
