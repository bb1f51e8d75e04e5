//! How fast the readers of the hot formats are, in bytes a second, beside the csv crate's bare record loop and a count of lines
//! on the same bytes. The rows are made here, in the geometry of the real files.

#![allow(missing_docs)] // The functions that criterion's macros make.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fedpath::files::QuoteStream;
use fedpath::{QuoteFile, ReadOptions, Snapshot};

/// The exchange's settlement CSV: some products with futures, each with many options, fed funds among them.
fn settle_csv() -> String {
    let mut text = "BizDt,Sym,ID,StrkPx,SecTyp,MMY,MatDt,PutCall,Exch,Desc,LastTrdDt,BidPrice,OpeningPrice,SettlePrice,\
        SettleDelta,HighLimit,LowLimit,DHighPrice,DLowPrice,HighBid,LowBid,PrevDayVol,PrevDayOI,FixingPrice,UndlyExch,UndlyID,\
        UndlySecTyp,UndlyMMY,BankBusDay\n"
        .to_owned();
    for (product, symbol) in ["06", "C", "EH", "ZQ", "TN", "UBE", "S", "W", "YM"].iter().enumerate() {
        for month in 0..36 {
            let (year, month) = (2020 + month / 12, 1 + month % 12);
            let (price, volume) = (98.0 + f64::from(month) / 40.0, 13_469 + 97 * month);
            let _ = writeln!(
                text,
                "\"2019-12-20\",\"{symbol}\",\"4{product}\",\"\",\"FUT\",\"{year}{month:02}\",\"{year}-{month:02}-28\",\"\",\
                 \"CBT\",\"\",\"{year}-{month:02}-27\",\"\",\"\",\"{price:.4}\",\"\",\"101.445\",\"95.445\",\"{price:.3}\",\
                 \"{price:.3}\",\"\",\"\",\"{volume}\",\"43684{month}\",\"\",\"\",\"\",\"\",\"\",\"\""
            );
        }
        for strike in 0..600 {
            let _ = writeln!(
                text,
                "\"2019-12-20\",\"O{symbol}\",\"4{product}\",\"{}.875\",\"OOF\",\"202003\",\"2020-04-02\",\"1\",\"CBT\",\"\",\
                 \"2020-03-31\",\"\",\"\",\"2.5725\",\"1.0\",\"\",\"0.0025\",\"\",\"\",\"\",\"\",\"0\",\"{strike}\",\"\",\"CBT\",\
                 \"4{product}\",\"FUT\",\"202003\",\"\"",
                90 + strike
            );
        }
    }
    text
}

/// A long table: so many days of 24 contracts.
fn long_csv(days: i64) -> String {
    let first = fedpath::chrono::NaiveDate::from_ymd_opt(1994, 1, 3).unwrap_or_default();
    let mut text = "date,contract,settle\n".to_owned();
    for day in 0..days {
        let date = first + fedpath::chrono::Duration::days(day);
        let mut month = fedpath::ContractMonth::of(date);
        for contract in 0..24 {
            let _ = writeln!(text, "{date},{month},96.{:02}5", (day + 3 * contract) % 100);
            month = month.next();
        }
    }
    text
}

/// A settlement report: fed funds between many other products.
fn stl() -> String {
    let mut text = "         FINAL PRE-CLEARING PRICES AS OF 01/06/17 06:00 PM (CST)\n\
        MTH/                 ---- DAILY ---                        PT                     -------  PRIOR  DAY  -------\n\
        STRIKE     OPEN      HIGH      LOW       LAST      SETT    CHGE     EST.VOL       SETT         VOL         INT\n"
        .to_owned();
    let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JLY", "AUG", "SEP", "OCT", "NOV", "DEC"];
    for product in 0..200 {
        let code = if product == 100 { "FF".to_owned() } else { format!("P{product}") };
        let _ = writeln!(text, "{code} SOME FUTURES");
        let mut total = 0;
        for row in 0..if product == 100 { 36 } else { 90 } {
            let (volume, price) = (7 * row, 9935 - row);
            let price = format!("{}.{:02}00", price / 100, price % 100);
            let label = format!("{}{}", months[row % 12], 17 + row / 12);
            let _ = writeln!(
                text,
                "{label}   {price}   {price}B  {price}A  {price}   {price}    UNCH{volume:>12}{price:>11}{volume:>12}{volume:>12}"
            );
            total += volume;
        }
        let _ = writeln!(text, "{:<68}EST.VOL                 VOLUME    OPEN INT", "TOTAL");
        let _ = writeln!(text, "{:<63}{total:>12}{total:>23}{total:>12}", "TOTAL");
    }
    text + "*** END OF REPORT ***\n"
}

/// Every record of the bytes, not looked into.
fn records(text: &str) -> usize {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut count = 0;
    while reader.read_byte_record(&mut record).is_ok_and(|read| read) {
        count += record.len();
    }
    count
}

fn streamed(text: &str) -> usize {
    let stream = QuoteStream::new(text.as_bytes(), &ReadOptions::default()).ok();
    stream.into_iter().flatten().map_while(Result::ok).map(|day: Snapshot| day.quotes().len()).sum()
}

fn whole(text: &str) -> usize {
    QuoteFile::parse(text, &ReadOptions::default()).map_or(0, |file| file.quotes().count())
}

/// A way to read a text: the count it gives tells that all of it was read.
type Read = fn(&str) -> usize;

/// A reader by its name, and the count that it has to give.
type Reader = (&'static str, Read, usize);

fn formats(criterion: &mut Criterion) {
    let lines: Read = |text| memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let long = long_csv(2000);
    let cases: [(&str, String, &[Reader]); 3] = [
        ("settle CSV", settle_csv(), &[("fedpath", whole, 36), ("csv records", records, 9 * 636 * 29)]),
        (
            "long CSV",
            long,
            &[("fedpath", streamed, 48_000), ("fedpath, held", whole, 48_000), ("csv records", records, 144_000)],
        ),
        ("STL", stl(), &[("fedpath", whole, 36)]),
    ];
    for (name, text, readers) in &cases {
        let mut group = criterion.benchmark_group(*name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        for (reader, read, expected) in *readers {
            assert_eq!(read(text), *expected, "{reader} reads all of the {name}");
            group.bench_function(*reader, |bencher| bencher.iter(|| read(black_box(text))));
        }
        group.bench_function("lines", |bencher| bencher.iter(|| lines(black_box(text))));
        group.finish();
    }
}

criterion_group!(benches, formats);
criterion_main!(benches);
