"""A name server on a loopback address of its own, which answers as a case says."""

import socket
import struct
import threading


class NameServer:
    """Answers every question for an A record by `answer(name)`: addresses, or an error code, with a time to live."""

    def __init__(self, address, answer):
        self.address, self.answer = address, answer
        self.questions = 0

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((self.address, 53))
        self.listener = socket.create_server((self.address, 53))
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self._datagrams, self._streams)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for one in (self.socket, self.listener):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()

    def _datagrams(self):
        while True:
            try:
                question, peer = self.socket.recvfrom(4096)
                if not question:
                    return
                reply = self._reply(question)
                if reply is not None:
                    # What is too large for a datagram is asked for again over TCP.
                    cut = len(reply) > 1200
                    self.socket.sendto(self._head(question, 0, 0, True) if cut else reply, peer)
            except OSError:
                return

    def _streams(self):
        while True:
            try:
                connection, _ = self.listener.accept()
                with connection:
                    connection.settimeout(10)
                    size = struct.unpack("!H", connection.recv(2))[0]
                    reply = self._reply(connection.recv(size))
                    if reply is not None:
                        connection.sendall(struct.pack("!H", len(reply)) + reply)
            except (OSError, struct.error):
                if self.listener.fileno() < 0:
                    return

    @staticmethod
    def _question(data):
        end = data.index(b"\0", 12) + 5
        labels, place = [], 12
        while data[place]:
            labels.append(data[place + 1 : place + 1 + data[place]].decode())
            place += 1 + data[place]
        return ".".join(labels).lower(), struct.unpack("!H", data[end - 4 : end - 2])[0], data[12:end]

    def _head(self, data, code, count, is_cut=False):
        flags = 0x8180 | code | (0x0200 if is_cut else 0)
        return data[:2] + struct.pack("!HHHHH", flags, 1, count, 0, 0) + self._question(data)[2]

    def _reply(self, data):
        name, kind, _ = self._question(data)
        self.questions += 1
        found, life = self.answer(name)
        if found is None:
            return None
        if isinstance(found, int):
            return self._head(data, found, 0)
        records = [b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, life, 4) + socket.inet_aton(ip) for ip in found]
        return self._head(data, 0, len(records)) + b"".join(records) if kind == 1 else self._head(data, 0, 0)
