//! "This is what Mette will see": a giver's own data through the rules that a helper is decided by, before anything
//! is signed. It reads as the giver reads, and the log says so; it refuses to read for anybody else.

use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::ids::PackageVersionId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

/// What a helper would see in one municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Where.
    pub municipality: MunicipalityCode,
    /// Area by area, those that stay closed as well.
    pub areas: Vec<AreaPreview>,
}

/// What a helper would see of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaPreview {
    /// The right that opens it.
    pub privilege: Privilege,
    /// Whether it would be open, and if not why: the code of a refusal.
    pub closed: Option<&'static str>,
    /// How many things there are to see; nothing where the area has no list of its own yet.
    pub count: Option<usize>,
    /// There are more than were counted.
    pub more: bool,
    /// Things that the giver sees and the helper would not.
    pub hidden: usize,
    /// Titles of the newest.
    pub newest: Vec<String>,
}

/// What somebody with these rights would see of the signed-in person's own record, in every municipality where
/// there is one. Nothing when there is none.
pub fn preview(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    versions: &BTreeSet<PackageVersionId>,
) -> Result<Vec<Preview>, Problem> {
    let _ = (tx, places, who, versions);
    Err(Problem::Away("mandates"))
}
