//! The ways to run it: the units of systemd, where systemd is, and what a build in a container is given.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Exposure that `systemd-analyze security` may find at most, in tenths; less is better, 100 is the worst.
const EXPOSURE_MAX: u32 = 11;

#[test]
fn systemd_understands_the_units() {
    let Ok(version) = Command::new("systemd-analyze").arg("--version").output() else {
        eprintln!("not tried: systemd-analyze is not installed");
        return;
    };
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let version: u32 = version.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    let folder = tempfile::tempdir().unwrap();
    let mut units = Vec::new();
    for unit in ["frontdesk.service", "frontdesk-backup.service", "frontdesk-backup.timer"] {
        let text = fs::read_to_string(Path::new("packaging").join(unit)).unwrap();
        // which is not installed here
        let text = text.replace("=/usr/local/bin/frontdesk ", "=/bin/true ");
        let path = folder.path().join(unit);
        fs::write(&path, text).unwrap();
        units.push(path);
    }
    let analyze = |arguments: &[&str], unit: &Path| {
        let mut command = Command::new("systemd-analyze");
        command.args(arguments).arg(unit).output().expect("it runs")
    };
    for unit in &units {
        let output = analyze(&["verify"], unit);
        // of the machine's own units it may say what it likes
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let of_ours: Vec<_> = said.lines().filter(|line| line.contains("frontdesk")).collect();
        assert!(of_ours.is_empty(), "{of_ours:?}");
    }
    // `--offline` came with 250
    for unit in units
        .iter()
        .filter(|unit| version >= 250 && unit.extension().is_some_and(|e| e == "service"))
    {
        let threshold = format!("--threshold={EXPOSURE_MAX}");
        let output = analyze(&["security", "--offline=true", "--no-pager", &threshold], unit);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// What `include_str!` and `include_bytes!` carry must reach a build in a container.
#[test]
fn a_container_is_built_with_all_that_the_program_carries() {
    let ignore = fs::read_to_string(".dockerignore").unwrap();
    let is_let_in = |path: &Path| {
        ignore
            .lines()
            .filter_map(|line| line.strip_prefix('!'))
            .any(|let_in| path.starts_with(let_in))
    };
    let mut carried = 0;
    let mut sources = Vec::new();
    rust_files(Path::new("src"), &mut sources);
    for source in sources {
        let text = fs::read_to_string(&source).unwrap();
        for part in text.split("include_").skip(1) {
            let Some(rest) = part.strip_prefix("str!(\"").or(part.strip_prefix("bytes!(\"")) else {
                continue;
            };
            let name = rest.split('"').next().unwrap();
            let file = fs::canonicalize(source.parent().unwrap().join(name)).unwrap();
            let path = file.strip_prefix(fs::canonicalize(".").unwrap()).unwrap().to_owned();
            assert!(is_let_in(&path), "{} of {} is ignored", path.display(), source.display());
            carried += 1;
        }
    }
    assert!(carried > 2, "this test finds what is carried");
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}
