//! Real files, where the folder of them stands beside the checkout: read from there, never copied.

use fedpath::{Assumptions, Outlook, PolicyPath, Snapshot, Strip, StripOptions};

use crate::support::{date, month, outlook, price, real, strip, unpacked};

#[test]
fn both_full_settlement_reports_add_up() {
    // Sums of the reports' own TOTAL lines: estimated volume, prior volume, open interest.
    for (name, as_of, sums, first_rate) in [
        ("stlint_v1_20151029_FULL.txt.gz", "2015-10-29", [108_629, 179_958, 920_749], "0.135%"),
        ("stlint_v1_20170106_FULL.txt.gz", "2017-01-06", [236_846, 174_360, 914_942], "0.6475%"),
    ] {
        let Some(file) = real(&format!("quotes/{name}")) else { return };
        let snapshot = Snapshot::parse(&unpacked(&file)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(snapshot.trade_date(), Some(date(as_of)));
        assert_eq!(snapshot.quotes().len(), 36, "{name}");
        assert_eq!(snapshot.notices(), [], "{name}");
        let sum = |count: fn(&fedpath::Quote) -> Option<u64>| -> u64 {
            snapshot.quotes().filter_map(|(_, q)| count(&q)).sum()
        };
        assert_eq!([sum(|q| q.volume), sum(|q| q.prior_volume), sum(|q| q.open_interest)], sums, "{name}");
        for (contract, quote) in snapshot.quotes() {
            let difference = quote.settle.unwrap() - quote.prior_settle.unwrap();
            assert_eq!(Some(difference), quote.change, "{name}: {contract}");
        }
        let outlook = Outlook::new(
            PolicyPath::solve(&Strip::new(&snapshot, &StripOptions::default()).unwrap(), &Assumptions::default())
                .unwrap(),
        )
        .unwrap();
        assert_eq!(outlook.meetings().len(), 9, "{name}");
        assert_eq!(outlook.meetings()[0].step.before.to_string(), first_rate, "{name}");
    }
}

/// The strip that other tools are measured on: its path, and the residuals of the contracts no rule reads.
#[test]
fn the_common_workload_has_its_known_path_and_residuals() {
    let quotes = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2250, 2026-02 96.2650, 2026-03 96.3050, 2026-04 96.3750, \
        2026-05 96.4300, 2026-06 96.4950, 2026-07 96.5700, 2026-08 96.6300, 2026-09 96.6850, 2026-10 96.7300, \
        2026-11 96.7650, 2026-12 96.7900, 2027-01 96.8000";
    let outlook = outlook(&strip("2025-11-21", quotes), |_| {});
    let after: Vec<String> = outlook.meetings().iter().map(|m| format!("{:.6}", m.step.after.exact())).collect();
    assert_eq!(after.join(" "), "3.779286 3.735000 3.626897 3.570000 3.434138 3.370000 3.273750 3.235000 3.199773");
    let fits = outlook.path().contracts().iter().filter(|fit| !fit.used);
    let residuals: Vec<String> = fits
        .filter_map(|fit| fit.residual.as_ref().map(|bp| format!("{} {:+.2}", fit.contract.month(), bp.exact())))
        .collect();
    assert_eq!(residuals.join(", "), "2025-12 +0.82, 2026-03 +0.53, 2026-06 -0.61, 2026-09 -1.01");
    assert_eq!(outlook.path().contracts()[0].contract.month(), month("2025-11"));
    assert_eq!(outlook.path().contracts()[0].price, price("96.12"));
}
