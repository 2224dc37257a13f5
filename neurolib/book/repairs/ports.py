"""Ports of the kernels that execute the pages: each build takes its own.

A kernel's ports are chosen before it starts, among those that the system hands out to every program. When both editions are
built at once, one's kernel or connection may take what the other has just chosen, and that kernel dies.

Upstream (jupyter_client) should let a kernel choose its ports itself and tell them. The file may go when it does.
"""

import os
import socket

from jupyter_client.connect import LocalPortCache

# Below what systems hand out by themselves; those of two builds lie further apart than all that a book's pages take.
LOWEST, HIGHEST, APART = 10_000, 30_000, 1000


class OwnPorts(LocalPortCache):
    """The ports of this process, from a place in the range that its number gives."""

    def find_available_port(self, ip):
        count = HIGHEST - LOWEST
        first = os.getpid() * APART
        for step in range(count):
            port = LOWEST + (first + step) % count
            if port not in self.currently_used_ports and is_free(ip, port):
                self.currently_used_ports.add(port)
                return port
        return super().find_available_port(ip)


def is_free(ip, port):
    with socket.socket() as tried:
        try:
            tried.bind((ip, port))
        except OSError:
            return False
    return True


def setup(app):
    OwnPorts.instance()  # for all that ask for LocalPortCache's, too
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
