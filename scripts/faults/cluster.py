"""Private PostgreSQL clusters that may be stopped, killed, frozen and promoted."""

import glob
import os
import pwd
import shutil
import signal
import subprocess


def programs():
    """The folder of PostgreSQL's programs: PG_BIN_DIR, or the newest that is installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    return os.environ.get("PG_BIN_DIR") or found[-1]


class Cluster:
    """One, on a loopback port, which trusts everybody there."""

    def __init__(self, folder, port, settings="", primary=None):
        self.folder, self.port = folder, port
        self.data = f"{folder}/data-{port}"
        self.user = None
        if os.getuid() == 0:  # PostgreSQL refuses root
            self.user = pwd.getpwnam("postgres").pw_uid
            os.chmod(folder, 0o755)
        os.makedirs(self.data)
        shutil.chown(self.data, self.user)
        os.chmod(self.data, 0o700)
        if primary:
            self.run("pg_basebackup", "-D", self.data, "-R", "-C", "-S", "standby", "-X", "stream", "-d",
                     f"host=127.0.0.1 port={primary.port} user=frontdesk application_name=standby")
        else:
            self.run("initdb", "--no-sync", "-A", "trust", "-U", "frontdesk", "-E", "UTF8",
                     "--locale=C.UTF-8", "-D", self.data)
        with open(f"{self.data}/postgresql.conf", "a") as file:
            file.write(f"\nlisten_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n"
                       f"max_connections = 60\n{settings}\n")
        self.start()

    def run(self, program, *arguments):
        subprocess.run([f"{programs()}/{program}", *arguments], user=self.user, check=True, cwd="/tmp",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self.run("pg_ctl", "start", "-w", "-t", "60", "-D", self.data, "-l", f"{self.data}/log")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "stop", "-w", "-m", mode, "-D", self.data)

    def promote(self):
        self.run("pg_ctl", "promote", "-w", "-D", self.data)

    def signal(self, number):
        """To the postmaster and all its children."""
        postmaster = int(open(f"{self.data}/postmaster.pid").readline())
        os.kill(postmaster, signal.SIGSTOP)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True)
        for pid in [*map(int, children.stdout.split()), postmaster]:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        if number == signal.SIGKILL:
            os.remove(f"{self.data}/postmaster.pid")

    def sql(self, statement):
        done = subprocess.run(
            [f"{programs()}/psql", "-XqtA", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url("frontdesk")],
            capture_output=True, check=True)
        return done.stdout.decode().splitlines()

    def url(self, user="frontdesk"):
        return f"postgres://{user}@127.0.0.1:{self.port}/postgres"
