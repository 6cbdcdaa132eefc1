//! The forty outlets: who they are, what they stand under their pages, how they write the time.

use std::io::{self, Write};

/// What an outlet is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Trade {
    Agency,
    PressReleases,
    Newspaper,
    Broadcaster,
    Online,
    Aggregator,
}

impl Trade {
    const fn name(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::PressReleases => "pr",
            Self::Newspaper => "newspaper",
            Self::Broadcaster => "broadcaster",
            Self::Online => "online",
            Self::Aggregator => "aggregator",
        }
    }
}

/// An outlet. All are invented.
#[derive(Debug)]
pub(super) struct Outlet {
    /// The domain of its pages, which is its id.
    pub(super) domain: &'static str,
    pub(super) name: &'static str,
    pub(super) trade: Trade,
    /// Who owns it; empty if nobody owns another one.
    pub(super) family: &'static str,
    /// How its copy is marked in brackets; empty if it is not.
    pub(super) mark: &'static str,
    /// Minutes that its local time is ahead of UTC.
    pub(super) zone: i32,
}

const fn outlet(
    (domain, name): (&'static str, &'static str),
    trade: Trade,
    (family, mark): (&'static str, &'static str),
    zone: i32,
) -> Outlet {
    Outlet { domain, name, trade, family, mark, zone }
}

use Trade::{Agency, Aggregator, Broadcaster, Newspaper, Online, PressReleases};

const HALVOR: (&str, &str) = ("Halvor Group", "");
const LINDGATE: (&str, &str) = ("Lindgate Papers", "");
const PELLERIN: (&str, &str) = ("Pellerin Media", "");
const COAST: (&str, &str) = ("Coast Titles", "");
const ALONE: (&str, &str) = ("", "");

/// The outlets. Agencies come first, then the wire of press releases.
pub(super) static OUTLETS: [Outlet; 40] = [
    outlet(("norvik-dispatch.example", "Norvik Dispatch"), Agency, ("", "NVD"), 60),
    outlet(("ostra-bureau.example", "Ostra Telegraph Bureau"), Agency, ("", "OTB"), 0),
    outlet(("kellan-news.example", "Kellan News Agency"), Agency, ("", "KLNA"), 120),
    outlet(("mirandal-press.example", "Mirandal Press Service"), Agency, ("", "MPRS"), -300),
    outlet(("brightnote-wire.example", "Brightnote Wire"), PressReleases, ("", "BNWIRE"), 0),
    outlet(("tarnby-post.example", "Tarnby Post"), Newspaper, HALVOR, 60),
    outlet(("elm-county-herald.example", "Elm County Herald"), Newspaper, HALVOR, 60),
    outlet(("skerry-courier.example", "Skerry Courier"), Newspaper, HALVOR, 60),
    outlet(("old-mill-gazette.example", "Old Mill Gazette"), Newspaper, HALVOR, 60),
    outlet(("lindgate-times.example", "Lindgate Times"), Newspaper, LINDGATE, 0),
    outlet(("lindgate-evening.example", "Lindgate Evening Mail"), Newspaper, LINDGATE, 0),
    outlet(("fenwold-echo.example", "Fenwold Echo"), Newspaper, LINDGATE, 0),
    outlet(("pellerin-tribune.example", "Pellerin Tribune"), Newspaper, PELLERIN, -300),
    outlet(("south-pellerin-star.example", "South Pellerin Star"), Newspaper, PELLERIN, -300),
    outlet(("bay-pellerin-news.example", "Bay Pellerin News"), Newspaper, PELLERIN, -300),
    outlet(("pellerin-business.example", "Pellerin Business Day"), Newspaper, PELLERIN, -300),
    outlet(("coast-argus.example", "Coast Argus"), Newspaper, COAST, 120),
    outlet(("harbour-argus.example", "Harbour Argus"), Newspaper, COAST, 120),
    outlet(("island-argus.example", "Island Argus"), Newspaper, COAST, 120),
    outlet(("quarrytown-ledger.example", "Quarrytown Ledger"), Newspaper, ALONE, 0),
    outlet(("the-meridian.example", "The Meridian Sentinel"), Newspaper, ALONE, 60),
    outlet(("ravensford-chronicle.example", "Ravensford Chronicle"), Newspaper, ALONE, 60),
    outlet(("high-vale-observer.example", "High Vale Observer"), Newspaper, ALONE, 330),
    outlet(("dunmoor-inquirer.example", "Dunmoor Inquirer"), Newspaper, ALONE, 540),
    outlet(("weststrand-mirror.example", "Weststrand Mirror"), Newspaper, ALONE, 0),
    outlet(("channel-north.example", "Channel North"), Broadcaster, ALONE, 60),
    outlet(("radio-kestrel.example", "Radio Kestrel"), Broadcaster, ALONE, 120),
    outlet(("vista-nine.example", "Vista Nine"), Broadcaster, PELLERIN, -300),
    outlet(("public-air.example", "Public Air Service"), Broadcaster, ALONE, 0),
    outlet(("seawave-radio.example", "Seawave Radio"), Broadcaster, COAST, 120),
    outlet(("metro-screen.example", "Metro Screen News"), Broadcaster, ALONE, 60),
    outlet(("plainfacts.example", "Plainfacts Daily"), Online, ALONE, 0),
    outlet(("thread-and-line.example", "Thread and Line"), Online, ALONE, 0),
    outlet(("lantern-net.example", "Lantern Net"), Online, ALONE, 60),
    outlet(("second-page.example", "Second Page"), Online, ALONE, -480),
    outlet(("allwire.example", "Allwire Digest"), Aggregator, ALONE, 0),
    outlet(("newsbasket.example", "Newsbasket Online"), Aggregator, ALONE, 0),
    outlet(("headline-harvest.example", "Headline Harvest"), Aggregator, ALONE, 60),
    outlet(("pocket-briefs.example", "Pocket Briefs"), Aggregator, ALONE, 0),
    outlet(("dailygather.example", "Dailygather Reader"), Aggregator, ALONE, 330),
];

/// How many agencies there are.
pub(super) const AGENCIES: usize = 4;
/// Where the wire of press releases stands.
pub(super) const RELEASES: usize = 4;

impl Outlet {
    /// Whether two outlets have one owner.
    pub(super) fn is_sibling(&self, other: &Self) -> bool {
        !self.family.is_empty() && self.family == other.family && self.domain != other.domain
    }

    /// The host of its pages.
    pub(super) fn host(&self) -> String {
        format!("www.{}", self.domain)
    }
}

/// Writes what is known of the outlets, as the audit reads it.
///
/// # Errors
/// If the output takes no more.
pub(super) fn write_sources(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "id,name,aliases,kind,family,country,language,licensed_from")?;
    OUTLETS.iter().try_for_each(|outlet| {
        let Outlet { domain, name, trade, family, .. } = outlet;
        writeln!(out, "{domain},{name},{},{},{family},,en,", outlet.host(), trade.name())
    })
}

/// Writes how agencies mark their copy, as the audit reads it.
///
/// # Errors
/// If the output takes no more.
pub(super) fn write_marks(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "mark,source,where")?;
    let marked = OUTLETS.iter().filter(|outlet| !outlet.mark.is_empty());
    marked
        .into_iter()
        .try_for_each(|Outlet { mark, name, .. }| writeln!(out, "{mark},{name},credit"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn agencies_come_first_and_no_two_outlets_have_one_name() {
        assert!(OUTLETS[..AGENCIES].iter().all(|outlet| outlet.trade == Agency));
        assert_eq!(OUTLETS[RELEASES].trade, PressReleases);
        let names: BTreeSet<&str> =
            OUTLETS.iter().flat_map(|outlet| [outlet.domain, outlet.name]).collect();
        assert_eq!(names.len(), 2 * OUTLETS.len());
    }
}
