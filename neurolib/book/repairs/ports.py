"""Ports of the kernels that execute the pages: each build takes its own.

A kernel's ports are chosen before it starts, among those that the system hands out to every program. When both editions are
built at once, one's kernel or connection may take what the other has just chosen, and that kernel dies.

Upstream (jupyter_client) should let a kernel choose its ports itself and tell them. The file may go when it does.
"""

import os
import socket

from jupyter_client.connect import LocalPortCache

# Below what systems hand out by themselves; a range holds all that a book's pages take.
LOWEST, HIGHEST, APART = 10_000, 30_000, 1000


class OwnPorts(LocalPortCache):
    """The ports of this process: a range that no other takes, since the process keeps its first port as long as it runs."""

    guard = None
    range = range(0)

    def find_available_port(self, ip):
        if self.guard is None:
            self.guard, self.range = claim(ip)
        for port in self.range:
            if port not in self.currently_used_ports and is_free(ip, port):
                self.currently_used_ports.add(port)
                return port
        return super().find_available_port(ip)


def claim(ip):
    """The first port of a range, bound, and the others; no ports where every range is taken."""
    ranges = list(range(LOWEST, HIGHEST, APART))
    start = os.getpid() % len(ranges)
    for first in ranges[start:] + ranges[:start]:
        guard = socket.socket()
        try:
            guard.bind((ip, first))
        except OSError:
            guard.close()
            continue
        return guard, range(first + 1, first + APART)
    return False, range(0)


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
