//! The searches for the outcomes of a meeting share no work: they run on all processors.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `f` makes of each item, in their order. Whoever is free takes the next item, since one may take far longer than another.
pub(super) fn on_all_processors<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    // Where threads are not to be had, as in WebAssembly, the number is not known.
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(items.len());
    if processors < 2 {
        return items.iter().map(f).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || -> Vec<(usize, R)> {
        let turns = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        turns.map_while(|index| Some((index, f(items.get(index)?)))).collect()
    };
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let running: Vec<_> = (0..processors).map(|_| scope.spawn(take)).collect();
        // A panic goes on in the thread that asked.
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
}
