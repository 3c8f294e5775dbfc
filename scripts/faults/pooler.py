"""PgBouncer in front of a cluster."""

import os
import subprocess

PORT = 21560


def version():
    """That of the PgBouncer on the path, or None."""
    try:
        said = subprocess.run(["pgbouncer", "--version"], capture_output=True).stdout.decode()
    except FileNotFoundError:
        return None
    return tuple(map(int, said.split()[1].split(".")))


class Pooler:
    """One, on a loopback port, which trusts everybody there."""

    def __init__(self, cluster, mode):
        self.cluster = cluster
        self.ini = f"{cluster.folder}/pgbouncer.ini"
        users = f"{cluster.folder}/users"
        with open(users, "w") as file:
            file.write('"frontdesk" ""\n')
        # the setting came with 1.21; without it, transaction pooling mixes statements up
        prepares = "max_prepared_statements = 200\n" if version() >= (1, 21) else ""
        with open(self.ini, "w") as file:
            file.write(f"[databases]\n* = host=127.0.0.1 port={cluster.port}\n[pgbouncer]\n"
                       f"listen_addr = 127.0.0.1\nlisten_port = {PORT}\nauth_type = trust\nauth_file = {users}\n"
                       f"unix_socket_dir =\npool_mode = {mode}\ndefault_pool_size = 20\n{prepares}")
        self.start()

    def start(self):
        self.process = subprocess.Popen(["pgbouncer", "-q", self.ini], user=self.cluster.user,
                                        stderr=subprocess.DEVNULL)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def url(self):
        return f"postgres://frontdesk@127.0.0.1:{PORT}/postgres"
