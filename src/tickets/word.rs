//! The closed lists of words that a ticket is described with, spelt alike on the wire and in both
//! databases.

use crate::word::words;

pub use crate::word::Word;

words! {
    /// Which team has to act to close the ticket.
    Category {
        /// Money: charges, invoices, refunds, plan changes.
        Billing = "billing",
        /// Something does not work.
        Technical = "technical",
        /// Identity and access.
        Account = "account",
        /// Everything else.
        General = "general",
    }
}

words! {
    /// Impact times urgency of the facts, not of the tone. Ordered from `low` to `critical`.
    Priority {
        /// Nothing happens if it waits a week.
        Low = "low",
        /// One person is hindered, or there is a way around.
        Medium = "medium",
        /// One customer or team is blocked, or money was taken wrongly.
        High = "high",
        /// Many people or production stopped; data lost or exposed.
        Critical = "critical",
    }
}

words! {
    /// Where a ticket stands.
    Status {
        /// Nobody works on it yet.
        Open = "open",
        /// Somebody works on it.
        InProgress = "in_progress",
        /// The person's problem is solved.
        Resolved = "resolved",
        /// Nothing more will happen.
        Closed = "closed",
    }
}

impl Status {
    /// Whether there is nothing left to do.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }
}

words! {
    /// Who set a ticket's category or priority.
    Source {
        /// The person who filed the ticket.
        Requester = "requester",
        /// Somebody who works on the ticket.
        Agent = "agent",
        /// Google Gemini.
        Gemini = "gemini",
        /// Anthropic Claude.
        Anthropic = "anthropic",
        /// A server that speaks OpenAI's protocol.
        Openai = "openai",
        /// The classifier inside this program.
        Local = "local",
        /// Nobody: no classifier could answer, so `general` / `medium` stands.
        Default = "default",
    }
}

words! {
    /// Whether agents have decided a ticket's category and priority.
    Decided {
        /// Not yet: a machine (or nobody) set one of them, and no agent has confirmed it.
        No = "false",
    }
}

impl Source {
    /// Whether a machine (or nobody) chose the value, so that a better machine may still change it.
    pub fn is_machine(self) -> bool {
        !matches!(self, Self::Requester | Self::Agent)
    }
}
