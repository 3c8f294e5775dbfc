//! Computing apart from who is served.

use std::thread;

use tokio::sync::oneshot;

use crate::error::{Error, Result};

/// Lowest priority of a thread (nice value, setpriority(2)): where the processors are all at work it gets about a
/// hundredth of the share of others.
#[cfg(target_os = "linux")]
const LOWEST: i32 = 19;

/// Computes in a thread of its own of the lowest priority, so that it takes no processor from who is served. It is
/// done to its end also when the caller goes away. `name` is the thread's, of at most 15 bytes.
///
/// Elsewhere than on Linux, where only whole processes have a priority, it has that of the others.
///
/// # Errors
/// The work panicked, or there is no room for a thread.
pub async fn compute<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let (reply, answer) = oneshot::channel();
    let computing = move || {
        // this thread's alone; without it the work is done all the same
        #[cfg(target_os = "linux")]
        let _ = rustix::process::setpriority_process(None, LOWEST);
        let _ = reply.send(work());
    };
    let started = thread::Builder::new().name(name.to_owned()).spawn(computing);
    started.map_err(|error| Error::Internal(format!("cannot start a thread: {error}")))?;
    answer.await.map_err(|_| Error::Internal(format!("{name} was given up")))
}

/// Computes in a thread of its own, so that nobody who is served waits for it, at the priority of the others: for
/// what has to keep pace with them.
///
/// # Errors
/// The work panicked.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn only_the_thread_that_computes_has_the_lowest_priority() {
        let priority = || rustix::process::getpriority_process(None).unwrap();
        let before = priority();
        assert_eq!(compute("computing", priority).await.unwrap(), LOWEST);
        assert_eq!(priority(), before);
    }

    #[tokio::test]
    async fn work_that_panics_is_an_error() {
        let answer =
            compute("computing", || assert!(std::hint::black_box(false), "as asked")).await;
        assert!(answer.unwrap_err().to_string().contains("computing"));
    }
}
