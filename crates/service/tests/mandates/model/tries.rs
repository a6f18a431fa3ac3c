//! What people, desks, authorities and registers try in a history.

use proptest::prelude::*;

/// Something somebody tries. People by place: 0 and 1 have a journal, 2 helps; whoever it is may be refused.
#[derive(Clone, Debug)]
pub(super) enum Try {
    Days(i64),
    Ask { by: usize, of: usize, rights: u8, days: i64 },
    Yes { by: usize, at: usize, rights: u8, days: i64 },
    No { by: usize, at: usize },
    TakeBack { by: usize, at: usize },
    Give { by: usize, to: usize, rights: u8, days: i64 },
    Stop { by: usize, at: usize, right: Option<usize> },
    Renew { by: usize, at: usize, days: i64 },
    Suspend { at: usize },
    Resume { at: usize },
    Annul { at: usize },
    Die { who: usize },
}

pub(super) fn tries() -> impl Strategy<Value = Try> {
    let (who, at, rights, days) = (0_usize..3, 0_usize..6, 1_u8..8, -1_i64..40);
    prop_oneof![
        16 => (0_i64..20).prop_map(Try::Days),
        16 => (who.clone(), who.clone(), rights.clone(), days.clone()).prop_map(|(by, of, rights, days)| Try::Ask { by, of, rights, days }),
        16 => (who.clone(), at.clone(), rights.clone(), days.clone()).prop_map(|(by, at, rights, days)| Try::Yes { by, at, rights, days }),
        4 => (who.clone(), at.clone()).prop_map(|(by, at)| Try::No { by, at }),
        4 => (who.clone(), at.clone()).prop_map(|(by, at)| Try::TakeBack { by, at }),
        20 => (who.clone(), who.clone(), rights, days.clone()).prop_map(|(by, to, rights, days)| Try::Give { by, to, rights, days }),
        12 => (who.clone(), at.clone(), proptest::option::of(0_usize..3)).prop_map(|(by, at, right)| Try::Stop { by, at, right }),
        12 => (who.clone(), at.clone(), days).prop_map(|(by, at, days)| Try::Renew { by, at, days: days + 30 }),
        8 => at.clone().prop_map(|at| Try::Suspend { at }),
        8 => at.clone().prop_map(|at| Try::Resume { at }),
        4 => at.prop_map(|at| Try::Annul { at }),
        1 => who.prop_map(|who| Try::Die { who }),
    ]
}
