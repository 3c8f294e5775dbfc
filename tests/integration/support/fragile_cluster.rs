//! A PostgreSQL of one test's own, which that test may stop, kill, freeze and start again.

use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use super::{
    cluster::lock_file,
    programs::{ServerUser, find_programs, succeed},
};

static CLUSTERS: AtomicU32 = AtomicU32::new(0);

/// It listens on 127.0.0.1 and trusts everybody there. It ends with the test, however that ends: a
/// watcher waits for the lock that this process holds.
pub struct FragileCluster {
    folder: PathBuf,
    data: PathBuf,
    bin: PathBuf,
    user: ServerUser,
    port: u16,
    _holder: File,
}

impl FragileCluster {
    /// Makes it and starts it.
    pub fn start() -> Self {
        Self::start_with(|_, _| String::new())
    }

    /// The same; `prepare` is given its folder and its user, and returns settings.
    pub fn start_with(prepare: impl FnOnce(&Path, ServerUser) -> String) -> Self {
        let uid = fs::metadata("/proc/self").expect("this process").uid();
        let user = ServerUser::of(uid);
        let number = CLUSTERS.fetch_add(1, Ordering::Relaxed);
        let folder =
            PathBuf::from(format!("/tmp/frontdesk-fragile-pg-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for PostgreSQL");
        user.own(&folder);
        let (bin, data) = (find_programs(), folder.join("data"));
        let holder = lock_file(&folder.join("holder"));
        holder.lock().expect("the lock");
        // free a moment ago, and not among those that connections are given
        let port = (0..)
            .map(|n| 20_000 + u16::try_from((std::process::id() + n * 97) % 10_000).expect("small"))
            .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
            .expect("a free port");
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n\
             max_connections = 40\n{}",
            prepare(&folder, user)
        );
        user.make_cluster(&bin, &data, &settings);
        let cluster = Self { folder, data, bin, user, port, _holder: holder };
        cluster.watch();
        cluster.start_again();
        cluster
    }

    /// The URL of its database, for `user`.
    pub fn url(&self, user: &str) -> String {
        self.url_at("127.0.0.1", user)
    }

    /// The same, with this computer by another name.
    pub fn url_at(&self, host: &str, user: &str) -> String {
        format!("postgres://{user}@{host}:{}/postgres", self.port)
    }

    /// Where it is kept, and whatever else the test has put there.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What its superuser is answered.
    pub fn psql(&self, sql: &str) -> String {
        let output = Command::new(self.bin.join("psql"))
            .args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", sql])
            .arg(self.url("frontdesk"))
            .output()
            .expect("psql runs");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }

    /// Starts it after its end, and waits until it answers.
    pub fn start_again(&self) {
        self.user.start_cluster(&self.bin, &self.data, &self.folder.join("log"));
    }

    /// Ends it as an operator does who is in a hurry: connections are closed.
    pub fn stop(&self) {
        let pg_ctl = self.bin.join("pg_ctl");
        let stop = ["stop", "-w", "-m", "fast", "-D"];
        succeed(self.user.command(&pg_ctl).args(stop).arg(&self.data));
    }

    /// Kills all its processes, as a power cut does.
    pub fn kill(&self) {
        self.signal("KILL");
    }

    /// Connections to it are accepted and nothing is answered.
    pub fn freeze(&self) {
        self.signal("STOP");
    }

    /// Ends a freeze.
    pub fn thaw(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let file = fs::read_to_string(self.data.join("postmaster.pid")).expect("it runs");
        let postmaster = file.lines().next().expect("a pid").to_owned();
        send("STOP", &postmaster); // it starts no children while those it has are looked for
        let mut all = children(&postmaster);
        all.push(postmaster);
        for pid in &all {
            send(name, pid);
        }
        if name == "KILL" {
            let gone = |pid: &String| !is_alive(pid);
            while !all.iter().all(gone) {
                std::thread::yield_now();
            }
            // until init has noticed, their pids look alive to PostgreSQL, which then does not start
            let _ = fs::remove_file(self.data.join("postmaster.pid"));
        }
    }

    fn watch(&self) {
        let script = format!(
            "flock -x '{folder}/holder' true; p=$(head -n 1 '{data}/postmaster.pid'); \
             kill -CONT $p; kill -QUIT $p; for n in $(seq 50); do \
             kill -0 $p && sleep 0.1; done; rm -rf '{folder}'",
            folder = self.folder.display(),
            data = self.data.display(),
        );
        #[expect(clippy::zombie_processes, reason = "the watcher outlives this process")]
        let _watcher = self
            .user
            .command("sh".as_ref())
            .args(["-c", &script])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("start the watcher");
    }
}

fn send(signal: &str, pid: &str) {
    // one that has ended by itself meanwhile is no fault
    let script = format!("kill -{signal} {pid}");
    let _ = Command::new("sh").args(["-c", &script]).stderr(Stdio::null()).status();
}

fn status(pid: &str, field: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))?;
    Some(value.trim().to_owned())
}

/// Whether it runs; one that only waits to be noticed does not.
fn is_alive(pid: &str) -> bool {
    status(pid, "State").is_some_and(|state| !state.starts_with('Z'))
}

fn children(parent: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").expect("/proc").flatten();
    let pids = processes.filter_map(|entry| entry.file_name().into_string().ok());
    pids.filter(|pid| pid.bytes().all(|byte| byte.is_ascii_digit()))
        .filter(|pid| status(pid, "PPid").as_deref() == Some(parent))
        .collect()
}
