"""Reads the parts of HTTP/1.1 messages, as client and as server."""


class MessageReader:
    """For connections that have `buffer`, and `receive()` for the next bytes, empty at the end."""

    def more(self):
        data = self.receive()
        if not data:
            raise ConnectionError("closed")
        self.buffer += data

    def line(self):
        while b"\r\n" not in self.buffer:
            self.more()
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode("latin-1")

    def exactly(self, count):
        while len(self.buffer) < count:
            self.more()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def fields(self):
        fields = []
        while line := self.line():
            name, _, value = line.partition(":")
            fields.append((name, value.strip()))
        return fields

    def chunks(self):
        """The chunks of a body, one by one; the trailers come next."""
        while size := int(self.line().split(";")[0], 16):
            yield self.exactly(size)
            self.line()
