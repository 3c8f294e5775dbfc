//! PostgreSQL's programs on this machine, and whom they may run as.

use std::{
    fs::{self, File, Permissions},
    io::Write as _,
    os::unix::{
        fs::{PermissionsExt as _, chown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Whom the server runs as: PostgreSQL refuses root.
#[derive(Clone, Copy)]
pub struct ServerUser(Option<(u32, u32)>);

impl ServerUser {
    /// Whom a process of user `uid` starts it as.
    pub fn of(uid: u32) -> Self {
        if uid != 0 {
            return Self(None);
        }
        let users = fs::read_to_string("/etc/passwd").expect("/etc/passwd");
        let ids = ["postgres:", "nobody:"].iter().find_map(|name| {
            let line = users.lines().find(|line| line.starts_with(name))?;
            let mut fields = line.split(':').skip(2);
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        });
        Self(Some(ids.expect("a user `postgres` or `nobody`, since PostgreSQL refuses root")))
    }

    /// Gives it a folder.
    pub fn own(self, path: &Path) {
        if let Self(Some((uid, gid))) = self {
            chown(path, Some(uid), Some(gid)).expect("give the folder to PostgreSQL's user");
        }
        fs::set_permissions(path, Permissions::from_mode(0o755)).expect("open the folder");
    }

    /// A program that runs as this user.
    pub fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Self(Some((uid, gid))) = self {
            command.uid(uid).gid(gid);
        }
        command.current_dir("/tmp").stdin(Stdio::null());
        command
    }

    /// Makes a cluster in `data`, with `settings` as in postgresql.conf.
    pub fn make_cluster(self, bin: &Path, data: &Path, settings: &str) {
        succeed(
            self.command(&bin.join("initdb"))
                .args(["--no-sync", "-A", "trust", "-U", "frontdesk", "-E", "UTF8"])
                .args(["--locale=C.UTF-8", "-D"])
                .arg(data),
        );
        let file = File::options().append(true).open(data.join("postgresql.conf"));
        file.and_then(|mut file| file.write_all(settings.as_bytes()))
            .expect("write PostgreSQL's settings");
    }

    /// Starts it and waits until it answers.
    pub fn start_cluster(self, bin: &Path, data: &Path, log: &Path) {
        succeed(
            self.command(&bin.join("pg_ctl"))
                .args(["start", "-w", "-t", "60", "-D"])
                .arg(data)
                .arg("-l")
                .arg(log),
        );
    }
}

/// The folder of PostgreSQL's programs.
pub fn find_programs() -> PathBuf {
    if let Some(folder) = std::env::var_os("PG_BIN_DIR") {
        return folder.into();
    }
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    versions
        .pop()
        .map(|(_, folder)| folder)
        .into_iter()
        .chain(std::env::split_paths(&on_path))
        .find(|folder| folder.join("initdb").exists() && folder.join("psql").exists())
        .expect(
            "PostgreSQL's programs (initdb, postgres, psql); install postgresql or set PG_BIN_DIR",
        )
}

/// Runs a program to its end, which must be a good one.
pub fn succeed(command: &mut Command) {
    // no pipes: the server would inherit them, and waiting for their end would never end
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.as_ref().is_ok_and(|status| status.success()), "{command:?}: {status:?}");
}
