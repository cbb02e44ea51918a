"""A client of HTTP/1 that sends whatever bytes it is given."""

import socket

from . import messages

# A slow machine has nothing to do with what is checked.
patience = 30


class Client:
    """One connection to the proxy."""

    # The most bytes that are taken at a time; and how many may wait here, where the system does not decide that.
    piece = 1 << 20
    room = None

    def __init__(self, port):
        self.socket = socket.socket()
        self.socket.settimeout(patience)
        if self.room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.room)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        # End of what comes: None while it is open, "end" for FIN, "reset" for RST.
        self.ending = None
        self.interims = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """Sends, as far as the proxy still listens."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def end_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def read(self):
        """Takes what comes next; false at the end."""
        if self.ending:
            return False
        try:
            data = self.socket.recv(self.piece)
        except ConnectionResetError:
            self.ending = "reset"
            return False
        self.received += data
        if not data:
            self.ending = "end"
        return bool(data)

    def answer(self, method="GET"):
        """The next response, interim ones aside, or None at the end; a short one is not `whole`."""
        while True:
            message, end = messages.parse(self.received, answers=method, ended=self.ending == "end")
            if message is not None and end is not None:
                self.received = self.received[end:]
                if message.status >= 200 or message.status == 101:
                    return message
                self.interims.append(message)
            elif not self.read():
                return messages.parse(self.received, answers=method, ended=self.ending == "end")[0]

    def rest(self):
        """Everything up to the end of the connection."""
        while self.read():
            pass
        return self.received

    def exchange(self, target="/probe", method="GET"):
        """One good request and its answer."""
        self.send(f"{method} {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        return self.answer(method)
