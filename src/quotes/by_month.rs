//! [`ByMonth`]: what one day has of each contract, in the order of the months.

use crate::market::contract::ContractMonth;

/// Values by contract month in one slice. Files mostly have their contracts in order, so that a new one goes to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ByMonth<T>(Vec<(ContractMonth, T)>);

impl<T> Default for ByMonth<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByMonth<T> {
    pub(crate) fn get(&self, month: ContractMonth) -> Option<&T> {
        self.place(month).ok().map(|place| &self.0[place].1)
    }

    /// Sets the value of a month that lies behind all others; whether it does.
    #[inline]
    pub(crate) fn push(&mut self, month: ContractMonth, value: T) -> bool {
        let behind = self.0.last().is_none_or(|(last, _)| *last < month);
        if behind {
            self.0.push((month, value));
        }
        behind
    }

    /// Makes room for so many months.
    pub(crate) fn reserve(&mut self, months: usize) {
        self.0.reserve(months);
    }

    /// Sets the value of a month.
    pub(crate) fn insert(&mut self, month: ContractMonth, value: T) {
        match self.place(month) {
            Ok(place) => self.0[place].1 = value,
            Err(place) if place == self.0.len() => self.0.push((month, value)),
            Err(place) => self.0.insert(place, (month, value)),
        }
    }

    /// Removes the value of a month; whether there was one.
    pub(crate) fn remove(&mut self, month: ContractMonth) -> bool {
        self.place(month).ok().map(|place| self.0.remove(place)).is_some()
    }

    /// Where a month is, or where it would be.
    fn place(&self, month: ContractMonth) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if *last >= month => self.0.binary_search_by_key(&month, |(month, _)| *month),
            _ => Err(self.0.len()),
        }
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (ContractMonth, &T)> + DoubleEndedIterator {
        self.0.iter().map(|(month, value)| (*month, value))
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Other values of the same months.
    pub(crate) fn map<U>(self, mut value_of: impl FnMut(T) -> U) -> ByMonth<U> {
        ByMonth(self.0.into_iter().map(|(month, value)| (month, value_of(value))).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> IntoIterator for ByMonth<T> {
    type Item = (ContractMonth, T);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> FromIterator<(ContractMonth, T)> for ByMonth<T> {
    fn from_iter<I: IntoIterator<Item = (ContractMonth, T)>>(values: I) -> Self {
        let mut by_month = Self::default();
        let values = values.into_iter();
        by_month.0.reserve(values.size_hint().0);
        values.for_each(|(month, value)| by_month.insert(month, value));
        by_month
    }
}

#[cfg(test)]
mod tests {
    use super::ByMonth;

    #[test]
    fn months_are_kept_in_order_and_each_once() {
        let months = ["2026-01", "2025-11", "2026-03", "2025-11", "2025-12"];
        let by_month: ByMonth<usize> =
            months.iter().enumerate().map(|(place, month)| (month.parse().unwrap(), place)).collect();
        let told: Vec<String> = by_month.iter().map(|(month, place)| format!("{month} {place}")).collect();
        assert_eq!(told, ["2025-11 3", "2025-12 4", "2026-01 0", "2026-03 2"]);
        assert_eq!(by_month.get("2026-01".parse().unwrap()), Some(&0));
        assert_eq!(by_month.get("2026-02".parse().unwrap()), None);
    }
}
