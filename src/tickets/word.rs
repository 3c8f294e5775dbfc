//! The closed lists of words that a ticket is described with, spelt alike on the wire and in both
//! databases.

/// A value of a closed list that is spelt one way.
pub trait Word: Copy + Ord + 'static {
    /// Every value, in the order of the list.
    const ALL: &[Self];

    /// The spelling on the wire and in the database.
    fn as_str(self) -> &'static str;

    /// The value spelt exactly `word`.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.as_str() == word)
    }

    /// The list as a person reads it: `a, b, c`.
    fn choices() -> String {
        Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// Declares an enumeration whose variants have one spelling each.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The spelling on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl $crate::tickets::Word for $name {
            const ALL: &[Self] = Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }
        }

        // by hand: utoipa's derive does not see a rename that a macro wrote
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(super) use words;

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

impl Source {
    /// Whether a machine (or nobody) chose the value, so that a better machine may still change it.
    pub fn is_machine(self) -> bool {
        !matches!(self, Self::Requester | Self::Agent)
    }
}
