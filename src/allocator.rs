//! What the C library's allocator keeps for itself.

/// At least so many heaps, so that one thread that computes is not in the way of all others.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const HEAPS_MIN: usize = 2;

/// Lets the allocator keep no more heaps than there are processors. glibc would keep eight for each, give every new
/// thread one of its own while it may, and leave in each what was freed there (mallopt(3), `M_ARENA_MAX`): a server's
/// memory would be what each of its threads ever needed, all at once.
///
/// To be called before other threads are started. Without glibc it does nothing.
pub fn limit_heaps() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        let heaps = libc::c_int::try_from(heaps_max()).unwrap_or(libc::c_int::MAX);
        #[expect(unsafe_code, reason = "a setting of the C library that nothing else offers")]
        // SAFETY: it takes two numbers, and sets one of the allocator's own under the allocator's lock; one that
        // it does not know it refuses
        unsafe {
            libc::mallopt(libc::M_ARENA_MAX, heaps);
        }
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn heaps_max() -> usize {
    std::thread::available_parallelism().map_or(HEAPS_MIN, usize::from).max(HEAPS_MIN)
}

#[cfg(test)]
#[cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
mod tests {
    use std::{sync::Barrier, thread::scope};

    use super::*;

    /// Threads at the same time.
    const THREADS: usize = 50;

    /// What glibc reserves for a heap beside the first one, at a multiple of it.
    const RESERVED: u64 = 64 << 20;

    /// Heaps beside the first one. Each begins with what is used of it; the rest may not be touched.
    fn heaps() -> usize {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let part = |line: &str| {
            let (from, rest) = line.split_once('-')?;
            let (to, rest) = rest.split_once(' ')?;
            let place = |text| u64::from_str_radix(text, 16).ok();
            Some((place(from)?, place(to)?, rest.starts_with("rw-p"), rest.starts_with("---p")))
        };
        let parts: Vec<_> = maps.lines().filter_map(part).collect();
        let is_heap = |pair: &&[(u64, u64, bool, bool)]| {
            let [(from, end, is_used, _), (next, to, _, is_reserved)] = **pair else {
                return false;
            };
            let is_whole = from % RESERVED == 0 && end == next && to - from == RESERVED;
            is_whole && is_used && is_reserved
        };
        parts.windows(2).filter(is_heap).count()
    }

    #[test]
    fn many_threads_share_few_heaps() {
        limit_heaps();
        // tests that run in the same process may have made some before
        let before = heaps();
        let all_are_there = Barrier::new(THREADS);
        scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    let some = std::hint::black_box(vec![1_u8; 1000]);
                    all_are_there.wait();
                    drop(some);
                });
            }
        });
        assert!(heaps() <= before.max(heaps_max() - 1), "{} heaps, {before} before", heaps());
    }
}
