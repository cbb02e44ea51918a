"""The parts of the proxy's benchmark."""
