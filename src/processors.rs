//! Work that can be done apart runs on all processors.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `f` makes of each item, in their order. Whoever is free takes the next item, since one may take far longer than another;
/// a panic of `f` goes on in the thread that asked.
///
/// ```
/// use fedpath::bulk::on_all_processors;
/// assert_eq!(on_all_processors(&[1, 2, 3], |number| number * number), [1, 4, 9]);
/// ```
pub fn on_all_processors<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    on_processors(processors(), items, f)
}

/// How many processors there are. Where threads are not to be had, as in WebAssembly, the number is not known, and one does the work.
///
/// ```
/// assert!(fedpath::bulk::processors().get() >= 1);
/// ```
#[must_use]
pub fn processors() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// As [`on_all_processors`], on so many threads at most.
pub(crate) fn on_processors<T: Sync, R: Send>(most: NonZeroUsize, items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = most.get().min(items.len());
    if threads < 2 {
        return items.iter().map(f).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || -> Vec<(usize, R)> {
        let turns = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        turns.map_while(|index| Some((index, f(items.get(index)?)))).collect()
    };
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        let done =
            running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.flatten().collect()
    });
    all.sort_unstable_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::on_all_processors;

    #[test]
    fn results_stand_in_the_order_of_their_items() {
        for count in [0, 1, 2, 100] {
            let items: Vec<u64> = (0..count).collect();
            // The first takes the longest.
            let squared =
                |item: &u64| (0..10_000 / (item + 1)).fold(item * item, |square, _| std::hint::black_box(square));
            let squares: Vec<u64> = items.iter().map(|item| item * item).collect();
            assert_eq!(on_all_processors(&items, squared), squares);
        }
    }

    #[test]
    #[should_panic(expected = "of the seventh")]
    fn a_panic_reaches_who_asked() {
        let _ = on_all_processors(&(0..100).collect::<Vec<u64>>(), |item| assert!(*item != 7, "of the seventh"));
    }
}
