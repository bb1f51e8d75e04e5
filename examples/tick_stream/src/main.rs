//! A stream of ticks in, a stream of odds out: one session between them.

use fedpath::bulk::TableSession;
use fedpath::{Assumptions, ContractMonth, Error, Price, Strip};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};

/// The odds of easing and the expected rate after the next meeting.
#[derive(Debug)]
struct Odds {
    ease: f64,
    rate_after: f64,
}

/// Odds after each tick; a price that is refused is told, and changes nothing.
fn odds(
    mut session: TableSession,
    ticks: impl Stream<Item = (ContractMonth, Price)>,
) -> impl Stream<Item = Result<Odds, Error>> {
    ticks.map(move |(contract, price)| {
        let table = session.update(contract, price)?;
        let next = table.meetings().next().map(|next| Odds { ease: next.ease(), rate_after: next.rate_after() });
        Ok(next.unwrap_or(Odds { ease: 0.0, rate_after: f64::NAN }))
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let prices = [("2025-11", 96.12), ("2026-01", 96.215), ("2026-02", 96.285)];
    let read = |(contract, price): (&str, f64)| Ok::<_, Error>((contract.parse()?, Price::try_from(price)?));
    let prices = prices.into_iter().map(read).collect::<Result<Vec<(ContractMonth, Price)>, _>>()?;
    let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
    let session = TableSession::new(&strip, &Assumptions::default())?;
    let (feed, ticks) = mpsc::channel(16);
    let january: ContractMonth = "2026-01".parse()?;
    tokio::spawn(async move {
        for points in [96.22, 96.225, 3.88, 96.21] {
            let Ok(price) = Price::try_from(points) else { continue };
            if feed.send((january, price)).await.is_err() {
                break;
            }
        }
    });
    let mut told = std::pin::pin!(odds(session, ReceiverStream::new(ticks)));
    while let Some(odds) = told.next().await {
        match odds {
            Ok(Odds { ease, rate_after }) => println!("ease {:.2} %, rate after {rate_after:.4} %", 100.0 * ease),
            Err(error) => println!("refused: {error}"),
        }
    }
    Ok(())
}
