//! Settings that are one of a few words: one macro gives each its names, its parser and its list for messages.

use crate::error::{Error, Result};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $setting:literal, { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every choice, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word on the command line, in files and in reports.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = Error;

            fn from_str(word: &str) -> Result<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == word).ok_or_else(|| {
                    let words: Vec<_> = Self::ALL.iter().map(|choice| choice.name()).collect();
                    Error::config($setting, format!("one of {}", words.join(", ")))
                })
            }
        }
    };
}

choice! {
    /// What two sentences are compared by, and how much they must share.
    Profile, "profile", {
        /// Word tokens weighted by rarity: reworded copy, quotes, translations.
        #[default]
        Paraphrase = "paraphrase",
        /// Character 4-grams at a low threshold: OCR, typos, glued words.
        Noisy = "noisy",
        /// Character 4-grams at a high threshold: very large corpora, removal.
        Near = "near",
    }
}

choice! {
    /// How candidate pairs are found.
    Engine, "engine", {
        /// The planner's choice: a function of input and settings alone.
        #[default]
        Auto = "auto",
        /// Whichever exact engine the planner expects to be cheaper: recall 1 by construction.
        Exact = "exact",
        /// Every pair, behind a bitmap bound that loses nothing.
        BruteForce = "brute-force",
        /// The prefix-filtered join.
        Prefix = "prefix",
        /// MinHash signatures in bands: recall by contract.
        Bands = "bands",
    }
}

choice! {
    /// How linked pairs become clusters.
    Clustering, "clusters", {
        /// Each member is linked to the cluster's representative.
        #[default]
        Star = "star",
        /// Connected components: they chain.
        Components = "components",
    }
}

choice! {
    /// Which linked pairs a report holds.
    PairsShown, "pairs", {
        /// Each member with its representative, each cluster's weakest link, and the links out of clusters that say most.
        #[default]
        Star = "star",
        /// Every linked pair.
        All = "all",
    }
}

choice! {
    /// What is compared with what.
    Unit, "unit", {
        /// Sentences.
        #[default]
        Sentence = "sentence",
        /// Lines.
        Line = "line",
        /// Whole documents, by the sentences that they share; the profile is that of the sentences, and `near` suits them.
        Document = "document",
    }
}

choice! {
    /// Which places may repeat each other.
    Across, "across", {
        /// Any two, of one document too.
        #[default]
        Any = "any",
        /// Of two documents.
        Documents = "documents",
        /// Of two sources.
        Sources = "sources",
    }
}

choice! {
    /// Whether sentences of two languages are compared.
    Languages, "languages", {
        /// Not if both are known to be of different ones.
        #[default]
        Apart = "apart",
        /// As if nothing were known of them.
        Together = "together",
    }
}

choice! {
    /// What becomes of pairs whose numbers differ.
    Numbers, "numbers", {
        /// They stay linked and carry a flag.
        #[default]
        Flag = "flag",
        /// They are not linked.
        Veto = "veto",
        /// Numbers are not compared.
        Ignore = "ignore",
    }
}

choice! {
    /// Whether a quotation of several sentences is one.
    Quotes, "quotes", {
        /// Sentences inside a quotation count by themselves.
        #[default]
        Inner = "inner",
        /// A quotation stays in one piece.
        Whole = "whole",
    }
}

choice! {
    /// Whether text is hard-wrapped: its paragraphs were broken into lines of one width.
    Wrapped, "wrapped", {
        /// Each text decides by its lines.
        #[default]
        Auto = "auto",
        /// It is: lines are joined.
        Yes = "yes",
        /// It is not: no sentence reaches over a line end.
        No = "no",
    }
}

choice! {
    /// How an input is cut into documents.
    Format, "input-format", {
        /// One document a file.
        #[default]
        Text = "text",
        /// One document a line.
        Lines = "lines",
        /// A scraped article: title, date and URL lines, then the body.
        Article = "article",
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// JSON objects in an array, or one behind another, over any number of lines.
        Json = "json",
        /// Comma-separated values with a header.
        Csv = "csv",
        /// Tab-separated values with a header.
        Tsv = "tsv",
        /// A web page: its article, and what stands beside it.
        Html = "html",
        /// A web archive, or the text of one (WET): one document a record.
        Warc = "warc",
        /// A Parquet table: one document a row.
        Parquet = "parquet",
        /// An Arrow table, as a file (Feather) or a stream: one document a row.
        Arrow = "arrow",
    }
}

choice! {
    /// Which records of a web archive hold documents.
    WarcType, "warc-type", {
        /// What a server answered.
        #[default]
        Response = "response",
        /// A page as text, as in WET files.
        Conversion = "conversion",
        /// A file that was stored without asking a server.
        Resource = "resource",
    }
}
