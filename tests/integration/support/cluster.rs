//! A private, temporary PostgreSQL for the tests: found on this machine, started on a socket, shared
//! by all test processes of a user, and ended by itself ten seconds after the last of them.
//!
//! Each process holds a shared lock on `holders` for as long as it lives, however it dies. A watcher
//! (a shell in a session of its own) stops and deletes the cluster once it can have that lock alone.

use std::{
    fs::{self, File},
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use super::programs::{ServerUser, find_programs};

static CLUSTER: LazyLock<Cluster> = LazyLock::new(Cluster::join);
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// An empty database of its own for one test, dropped with it.
pub struct Database {
    name: String,
}

impl Database {
    /// Makes one. PostgreSQL is started if no other test did so.
    pub fn create() -> Self {
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        CLUSTER.psql("postgres", &format!("create database {name}"));
        Self { name }
    }

    /// The URL that the program is given: through the pooler at `FRONTDESK_TEST_POOLER` (host and port),
    /// where that is set.
    pub fn url(&self) -> String {
        if let Ok(pooler) = std::env::var("FRONTDESK_TEST_POOLER") {
            return format!("postgres://frontdesk@{pooler}/{}", self.name);
        }
        let socket = CLUSTER.folder.display().to_string().replace('/', "%2F");
        format!("postgres://frontdesk@{socket}/{}", self.name)
    }

    /// Runs SQL around the program, as an operator could.
    pub fn psql(&self, sql: &str) -> Output {
        CLUSTER.try_psql(&self.name, sql)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("drop database if exists {} with (force)", self.name);
        let _ = CLUSTER.try_psql("postgres", &sql);
    }
}

struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    _holder: File,
}

impl Cluster {
    fn join() -> Self {
        let bin = find_programs();
        let uid = fs::metadata("/proc/self").expect("this process").uid();
        // short (a socket's path has at most 107 bytes) and reachable for the other user
        let folder = PathBuf::from(format!("/tmp/frontdesk-test-pg-{uid}"));
        fs::create_dir_all(&folder).expect("a folder for PostgreSQL");
        let server = ServerUser::of(uid);
        server.own(&folder);

        let door = lock_file(&folder.join("door"));
        door.lock().expect("the door's lock");
        let holder = lock_file(&folder.join("holders"));
        holder.lock_shared().expect("the holders' lock");
        let data = folder.join("data");
        if !is_running(&bin, &data, server) {
            let _ = fs::remove_dir_all(&data);
            let settings = format!(
                "listen_addresses = ''\nunix_socket_directories = '{}'\nfsync = off\n\
                 full_page_writes = off\nmax_connections = 200\nlog_min_messages = warning\n",
                folder.display()
            );
            server.make_cluster(&bin, &data, &settings);
            server.start_cluster(&bin, &data, &folder.join("log"));
            watch(&bin, &folder, &data, server);
        }
        door.unlock().expect("the door");
        Self { folder, bin, _holder: holder }
    }

    fn try_psql(&self, database: &str, sql: &str) -> Output {
        Command::new(self.bin.join("psql"))
            .args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-U", "frontdesk"])
            .arg("-h")
            .arg(&self.folder)
            .args(["-d", database, "-c", sql])
            .output()
            .expect("psql runs")
    }

    fn psql(&self, database: &str, sql: &str) {
        let output = self.try_psql(database, sql);
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A file to be locked.
pub fn lock_file(path: &Path) -> File {
    File::options().create(true).truncate(false).write(true).open(path).expect("a lock file")
}

fn is_running(bin: &Path, data: &Path, server: ServerUser) -> bool {
    let status = server.command(&bin.join("pg_ctl")).arg("status").arg("-D").arg(data).output();
    data.exists() && status.is_ok_and(|output| output.status.success())
}

fn watch(bin: &Path, folder: &Path, data: &Path, server: ServerUser) {
    let script = format!(
        "while sleep 10; do flock -x '{f}/door' -c \"flock -x -n '{f}/holders' -c \
         \\\"'{b}/pg_ctl' stop -m immediate -D '{d}' && rm -rf '{d}'\\\"\" && exit; done",
        f = folder.display(),
        b = bin.display(),
        d = data.display(),
    );
    #[expect(clippy::zombie_processes, reason = "the watcher outlives this process")]
    let _watcher = server
        .command(Path::new("sh"))
        .args(["-c", &script])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("start the watcher");
}
