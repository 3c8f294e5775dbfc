//! A report for people at a terminal.

use std::fmt;

use super::{Confusion, FieldReport, ModelReport, Share};

impl fmt::Display for ModelReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.source, self.model)?;
        for version in [&self.model_version, &self.prompt_version].into_iter().flatten() {
            write!(f, " ({version})")?;
        }
        if let Some(refits) = self.refits {
            write!(f, ", learning ({refits} refits)")?;
        }
        writeln!(f, ": {} suggestions", self.suggestions)?;
        if self.degraded.k > 0 {
            writeln!(f, "  {:<14}{}", "degraded", self.degraded)?;
        }
        if let Some(latency) = &self.latency_ms {
            let (p50, p95, p99) = (latency.p50, latency.p95, latency.p99);
            writeln!(f, "  {:<14}p50 {p50} ms, p95 {p95} ms, p99 {p99} ms", "latency")?;
        }
        if let (Some(input), Some(output)) = (self.input_tokens, self.output_tokens) {
            write!(f, "  {:<14}{input} read, {output} written", "tokens")?;
            match self.cost {
                Some(cost) => writeln!(f, ", cost {cost:.4}")?,
                None => writeln!(f)?,
            }
        }
        for (name, field) in [("category", &self.category), ("priority", &self.priority)] {
            writeln!(f, "  {name}")?;
            write!(f, "{field}")?;
        }
        Ok(())
    }
}

impl fmt::Display for FieldReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "    {:<12}{}", "right", self.accuracy)?;
        if let Some(accepted) = self.accepted.filter(|accepted| accepted.n > 0) {
            writeln!(f, "    {:<12}{accepted}", "accepted")?;
        }
        if let Some(calibration) = &self.calibration {
            writeln!(f, "    {:<12}error {:.3}", "confidence", calibration.error)?;
        }
        if self.accuracy.n > 0 {
            write!(f, "{}", self.confusion)?;
        }
        Ok(())
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(share), Some(low), Some(high)) = (self.share, self.low, self.high) else {
            return f.write_str("none yet");
        };
        let percent = |share: f64| share * 100.0;
        write!(f, "{:.1} % ({} of {}; ", percent(share), self.k, self.n)?;
        write!(f, "95 %: {:.1} to {:.1})", percent(low), percent(high))
    }
}

impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "    {:<14}", "is \\ suggested")?;
        for word in &self.words {
            write!(f, "{word:>11}")?;
        }
        writeln!(f)?;
        for (word, row) in self.words.iter().zip(&self.counts) {
            write!(f, "    {word:<14}")?;
            for count in row {
                write!(f, "{count:>11}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
