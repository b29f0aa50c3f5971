//! Handling for each other (跨省通办): whether an item can be handled by one region for another, and what stands in the way.
//!
//! Kept by item, as classes of regions that say the same and how the classes stand to each other: 31 regions make 465 pairs of every
//! item, which are worked out from that when they are asked for.
//!
//! Must not know how it is computed nor how it is shown.

/// How two regions stand to each other in one element, as far as handling for each other goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PairStand {
    /// They say the same.
    Alike,
    /// They differ in what does not stand in the way.
    Informs,
    /// They differ in what would stand in the way, and a variance in force says that one of them may.
    Allowed,
    /// At least one of them says nothing, could not be read, or is cut off.
    Unknown,
    /// They differ, and that stands in the way.
    Blocks,
}

/// An element that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairwiseElement {
    /// Its id.
    pub id: String,
    /// Whether a difference stands in the way (profile: `pairwise`).
    pub blocks: bool,
    /// Whether any list says anything of it; what no list has is left out, and told.
    pub said: bool,
    /// Whether it is only told where all that one side wants is wanted by the other, too (profile: `policy = "fewer-better"`).
    pub contained: bool,
}

/// One element of one item over all regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairCell {
    /// Which of [`Pairwise::elements`].
    pub element: usize,
    /// The class of each region; `None` where it says nothing that can be judged.
    pub classes: Vec<Option<u16>>,
    /// How each two classes stand, the higher number first: 1 to 0, 2 to 0, 2 to 1 ….
    pub stands: Vec<PairStand>,
    /// How a region without a class stands to any other.
    pub open: PairStand,
    /// The regions that a variance in force lets differ, sorted.
    pub allowed: Vec<u16>,
}

impl PairCell {
    /// How two regions stand to each other.
    pub fn stand(&self, left: usize, right: usize) -> PairStand {
        let region = (left, right);
        let class = |region: usize| self.classes.get(region).copied().flatten().map(usize::from);
        match (class(left), class(right)) {
            (Some(left), Some(right)) if left == right => PairStand::Alike,
            (Some(left), Some(right)) => {
                let (high, low) = (left.max(right), left.min(right));
                let at = high * (high - 1) / 2 + low;
                match self.stands.get(at).copied().unwrap_or(self.open) {
                    PairStand::Blocks if self.allows(region.0) || self.allows(region.1) => PairStand::Allowed,
                    stand => stand,
                }
            }
            _ => self.open,
        }
    }

    /// Whether a variance in force lets a region differ.
    fn allows(&self, region: usize) -> bool {
        self.allowed.iter().any(|&allowed| usize::from(allowed) == region)
    }
}

/// One item, or one case of it, that at least two regions handle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairedItem {
    /// The item's code; empty where it has none.
    pub code: String,
    /// The case of the handling item.
    pub handling: Option<String>,
    /// The item's name.
    pub name: String,
    /// The regions that handle it, sorted.
    pub present: Vec<u16>,
    /// Pairs of them that are held against each other elsewhere, in a case that they share, or that divide it into other cases; sorted,
    /// the lower number first.
    pub apart: Vec<(u16, u16)>,
    /// The elements in which some regions do not say the same, in the order of the profile.
    pub cells: Vec<PairCell>,
}

/// One item between two regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairItem {
    /// The two regions, the lower number first.
    pub regions: (usize, usize),
    /// The elements that block it, by their number in [`Pairwise::elements`]; empty where nothing does.
    pub blocked: Vec<usize>,
    /// The elements of which it cannot be told: at least one side says nothing or could not be read.
    pub unknown: Vec<usize>,
    /// The elements that differ and do not stand in the way.
    pub informs: Vec<usize>,
    /// The elements that would block it, had a variance not allowed the difference.
    pub allowed: Vec<usize>,
}

impl PairItem {
    /// How the two regions stand to each other in the item as a whole.
    pub fn stand(&self) -> PairStand {
        let stands = [
            (&self.blocked, PairStand::Blocks),
            (&self.unknown, PairStand::Unknown),
            (&self.allowed, PairStand::Allowed),
            (&self.informs, PairStand::Informs),
        ];
        let worst = stands.into_iter().find(|(elements, _)| !elements.is_empty());
        worst.map_or(PairStand::Alike, |(_, stand)| stand)
    }

    /// The word of the wire formats and of the message files (`pairwise-…`): whether it can be handled for each other.
    pub fn word(&self) -> &'static str {
        match self.stand() {
            PairStand::Alike | PairStand::Informs | PairStand::Allowed => "possible",
            PairStand::Unknown => "unknown",
            PairStand::Blocks => "blocked",
        }
    }
}

impl PairedItem {
    /// Its pairs of regions, the lower number first, sorted; with `only`, the pairs of that region.
    pub fn pairs(&self, only: Option<usize>) -> impl Iterator<Item = (usize, usize)> + '_ {
        let wanted = move |left: usize, right: usize| only.is_none_or(|only| only == left || only == right);
        self.present.iter().enumerate().flat_map(move |(at, &left)| {
            let others = self.present[at + 1..].iter().map(move |&right| (left, right));
            others
                .filter(|pair| self.apart.binary_search(pair).is_err())
                .map(|(left, right)| (usize::from(left), usize::from(right)))
                .filter(move |&(left, right)| wanted(left, right))
        })
    }

    /// What becomes of the item between two regions that have it.
    pub fn between(&self, regions: (usize, usize)) -> PairItem {
        let mut pair = PairItem {
            regions,
            blocked: Vec::new(),
            unknown: Vec::new(),
            informs: Vec::new(),
            allowed: Vec::new(),
        };
        for cell in &self.cells {
            match cell.stand(regions.0, regions.1) {
                PairStand::Alike => {}
                PairStand::Informs => pair.informs.push(cell.element),
                PairStand::Allowed => pair.allowed.push(cell.element),
                PairStand::Unknown => pair.unknown.push(cell.element),
                PairStand::Blocks => pair.blocked.push(cell.element),
            }
        }
        pair
    }
}

/// Two regions over all items that both have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairSummary {
    /// The two regions, the lower number first.
    pub regions: (usize, usize),
    /// Items, or cases of items, that both handle.
    pub both: usize,
    /// Of these, those that can be handled for each other.
    pub possible: usize,
    /// Those that something blocks.
    pub blocked: usize,
    /// Those of which it cannot be told.
    pub unknown: usize,
}

/// One item over all pairs of regions that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairTally {
    /// The pairs that both handle it.
    pub both: usize,
    /// Of these, those that can handle it for each other.
    pub possible: usize,
    /// Those that something blocks.
    pub blocked: usize,
    /// Those of which it cannot be told.
    pub unknown: usize,
    /// How many pairs each element blocks, in the order of [`Pairwise::elements`].
    pub blocked_by: Vec<usize>,
    /// The same for elements of which it cannot be told.
    pub unknown_by: Vec<usize>,
}

/// Every pair of regions and every item that both have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairwise {
    /// The ids and names of the regions, sorted by id.
    pub regions: Vec<(String, String)>,
    /// The elements, in the order of the profile.
    pub elements: Vec<PairwiseElement>,
    /// The one region of which the pairs are looked at; all pairs without it.
    pub only: Option<usize>,
    /// The one element whose pairs are listed, by its number in [`Pairwise::elements`]; whether an item can be handled for each other is
    /// judged by all of them all the same.
    pub element: Option<usize>,
    /// The pairs of regions that have items in common, sorted.
    pub pairs: Vec<PairSummary>,
    /// The items, by code, name and case.
    pub items: Vec<PairedItem>,
    /// How many pairs of every item each element blocks, in the order of [`Pairwise::elements`].
    pub blocked_by: Vec<usize>,
    /// The same for elements of which it cannot be told.
    pub unknown_by: Vec<usize>,
    /// The same for elements that would block it, had a variance not allowed the difference.
    pub allowed_by: Vec<usize>,
    /// How many variances are in force, and how many have expired and allow nothing.
    pub variances: (usize, usize),
}

impl Pairwise {
    /// What is listed of an item: its pairs of regions, with [`Pairwise::element`] those that do not say the same in it.
    pub fn listed<'a>(&'a self, item: &'a PairedItem) -> impl Iterator<Item = PairItem> + 'a {
        let told = |pair: &PairItem, element| {
            let lists = [&pair.blocked, &pair.unknown, &pair.informs, &pair.allowed];
            lists.iter().any(|list| list.contains(&element))
        };
        self.between(item)
            .filter(move |pair| self.element.is_none_or(|element| told(pair, element)))
    }

    /// Whether an element is listed.
    pub fn lists(&self, element: usize) -> bool {
        self.element.is_none_or(|only| only == element)
    }

    /// What becomes of an item between each two regions that have it.
    pub fn between<'a>(&'a self, item: &'a PairedItem) -> impl Iterator<Item = PairItem> + 'a {
        item.pairs(self.only).map(|regions| item.between(regions))
    }

    /// An item over all pairs of regions that are looked at.
    pub fn tally(&self, item: &PairedItem) -> PairTally {
        let mut tally = PairTally {
            blocked_by: vec![0; self.elements.len()],
            unknown_by: vec![0; self.elements.len()],
            ..PairTally::default()
        };
        for pair in self.between(item) {
            tally.both += 1;
            match pair.stand() {
                PairStand::Alike | PairStand::Informs | PairStand::Allowed => tally.possible += 1,
                PairStand::Unknown => tally.unknown += 1,
                PairStand::Blocks => tally.blocked += 1,
            }
            pair.blocked.iter().for_each(|&element| tally.blocked_by[element] += 1);
            pair.unknown.iter().for_each(|&element| tally.unknown_by[element] += 1);
        }
        tally
    }
}
