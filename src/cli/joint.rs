//! The options of SOFR futures beside fed funds futures.

use std::path::PathBuf;

use clap::Args;
use fedpath::joint::{Basis, JointOptions};
use fedpath::product::OvernightRate;
use fedpath::{Assumptions, Contract, Product};

use super::failure::Failure;
use super::pricing::fixings;
use super::values::MethodName;

#[derive(Debug, Args)]
#[command(next_help_heading = "SOFR futures")]
pub(super) struct JointArgs {
    /// What to price: ZQ,SR1,SR3 fits one path to all [default: ZQ; all with --method joint]
    #[arg(long, hide_short_help = true, value_name = "CODES", value_delimiter = ',')]
    pub(super) products: Vec<Product>,
    /// Realised SOFR, for futures that have begun
    #[arg(long, hide_short_help = true, value_name = "FILE")]
    pub(super) sofr: Option<PathBuf>,
    /// EFFR less SOFR: none, constant, knots[:DAYS,...], smooth[:LAMBDA] [default: knots:0,150,450]
    #[arg(long, hide_short_help = true, value_name = "SHAPE")]
    pub(super) basis: Option<Basis>,
    /// Leave a contract out, such as SR3-2025-12 (repeatable)
    #[arg(long, hide_short_help = true, value_name = "CONTRACT")]
    pub(super) exclude: Vec<Contract>,
    /// Predict each contract from the others
    #[arg(long, hide_short_help = true)]
    pub(super) leave_one_out: bool,
}

impl JointArgs {
    /// What is priced by a rule.
    pub(super) fn products(&self, rule: MethodName) -> Vec<Product> {
        match (self.products.as_slice(), rule) {
            ([], MethodName::Joint) => Product::ALL.to_vec(),
            ([], _) => vec![Product::default()],
            (named, _) => named.to_vec(),
        }
    }

    /// The rule: with SOFR futures the joint fit, which other rules cannot read.
    pub(super) fn rule(&self, rule: MethodName) -> Result<MethodName, Failure> {
        let products = self.products(rule);
        if !products.contains(&Product::default()) {
            let message = "--products: expected ZQ among them, from which the path of the effective rate starts";
            return Err(Failure::Usage(message.to_owned()));
        }
        let several = products.iter().any(|product| *product != Product::default());
        match rule {
            MethodName::Joint if !several => {
                Err(Failure::Usage("--products: expected SOFR futures with --method joint, found ZQ alone".to_owned()))
            }
            MethodName::LeastSquares if several => Err(Failure::Usage(
                "--products: expected --method joint with SOFR futures, found least-squares, which reads ZQ alone"
                    .to_owned(),
            )),
            _ if several => Ok(MethodName::Joint),
            rule => self.only_with_joint(rule).map(|()| rule),
        }
    }

    fn only_with_joint(&self, rule: MethodName) -> Result<(), Failure> {
        let options = [
            ("--sofr", self.sofr.is_some()),
            ("--basis", self.basis.is_some()),
            ("--exclude", !self.exclude.is_empty()),
            ("--leave-one-out", self.leave_one_out),
        ];
        match options.iter().find(|(_, given)| *given) {
            Some((option, _)) if rule != MethodName::Joint => {
                let message = format!("{option} requires SOFR futures: --products ZQ,SR1,SR3");
                Err(Failure::Usage(message))
            }
            _ => Ok(()),
        }
    }

    /// Sets what the options say.
    pub(super) fn settle(&self, assumptions: &mut Assumptions) -> Result<(), Failure> {
        assumptions.sofr = self.sofr.as_deref().map(|path| fixings(path, OvernightRate::Sofr)).transpose()?;
        let mut options = JointOptions::default();
        if !self.products.is_empty() {
            options.products = self.products.iter().copied().filter(|product| *product != Product::default()).collect();
        }
        options.basis = self.basis.clone().unwrap_or_default();
        options.exclude = self.exclude.iter().copied().collect();
        options.leave_one_out = self.leave_one_out;
        assumptions.joint = options;
        Ok(())
    }
}
