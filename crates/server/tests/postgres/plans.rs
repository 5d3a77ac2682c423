//! No statement reads more than what it is asked for, however long the history, however many the rooms and accounts.
//!
//! The store's own sessions are made to log the plan of every statement they run, with the rows that each step read.

mod everything;
mod outreach;

use std::collections::BTreeSet;

use bedside_server::store::Store as _;
use bedside_server::store::postgres::PgStore;
use bedside_testservices::shared;
use serde_json::Value;

use crate::crowd;
use crate::support::{Clinic, options};
use everything::use_everything;

/// Tables that grow with history, rooms or accounts.
const GROWING: [&str; 30] = [
    "accounts",
    "audit",
    "audit_seals",
    "commands",
    "contacts",
    "devices",
    "dispatches",
    "drafts",
    "feed",
    "feed_heads",
    "flag_wishes",
    "last_seen",
    "links",
    "login_throttle",
    "mark_history",
    "message_versions",
    "messages",
    "notifications",
    "outreach_checks",
    "outreach_wishes",
    "preferences",
    "quick_replies",
    "reactions",
    "read_marks",
    "room_members",
    "rooms",
    "search_days",
    "search_rooms",
    "searchable",
    "sessions",
];

/// Tables of one row, or of a few.
const CONSTANT: [&str; 4] = ["clinic", "meta", "migrations", "search_form"];

/// What may read more, and why.
const ALLOWED: [(&str, &str); 6] = [
    ("SELECT 1 FROM outreach_checks WHERE account_id > 0 LIMIT", "metrics count up to 10,000 rows of each"),
    ("EXISTS (SELECT FROM accounts)", "stops at the first row"),
    ("AND head > $2", "pruning, once a day, looks at every feed's length"),
    ("FROM audit WHERE id > $1 AND id <= $2", "a seal covers up to 10,000 rows, each once"),
    ("SELECT max(role_no)", "once after a restore"),
    ("SELECT coalesce(max(role_no)", "once after a restore"),
];

/// More rows than any page, slice or portion has.
const MOST_ROWS: f64 = 600.0;

/// Where an operator lets them, prepared statements are planned for their values five times, then perhaps for all: often
/// enough to see both. Ours have one plan each.
const TIMES: u32 = 7;

async fn explained_store(clinic: &Clinic, more: &str) -> PgStore {
    let settings = format!(
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 \
         -c auto_explain.log_nested_statements=on -c auto_explain.log_analyze=on -c auto_explain.log_timing=off \
         -c auto_explain.log_format=json {more}"
    );
    let url = format!("{}?options={}", clinic.database.url, settings.trim().replace(' ', "%20"));
    PgStore::open(clinic.database.runtime.clone(), &options(&url)).await.unwrap()
}

/// The plans in a cluster's log: each begins after a line of its own, and is indented with a tab.
fn plans(log: &str) -> Vec<Value> {
    let after_heads = log.split("plan:\n").skip(1);
    let texts = after_heads.map(|rest| {
        let lines = rest.lines().take_while(|line| line.starts_with('\t'));
        lines.map(|line| line.trim_start_matches('\t')).collect::<Vec<_>>().join("\n")
    });
    texts.map(|text| serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))).collect()
}

/// A step of a plan with all below it.
fn steps(plan: &Value) -> Vec<&Value> {
    let below = plan["Plans"].as_array().into_iter().flatten().flat_map(steps);
    std::iter::once(plan).chain(below).collect()
}

/// What is wrong with a step, if it reads a table that grows.
fn fault(step: &Value) -> Option<String> {
    let (kind, table) = (step["Node Type"].as_str()?, step["Relation Name"].as_str().unwrap_or_default());
    let of = |name: &str| step[name].as_f64().unwrap_or_default();
    let read = (of("Actual Rows") + of("Rows Removed by Filter")) * of("Actual Loops");
    let scans = kind == "Seq Scan" && GROWING.contains(&table);
    (scans || read > MOST_ROWS).then(|| format!("{kind} on {table}, {read} rows"))
}

fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_grows_or_is_known_not_to() {
    let clinic = Clinic::with_patients(0).await;
    let named = "SELECT tablename::TEXT FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
    let named = clinic.database.raw().await.query(named, &[]).await.unwrap();
    let named: BTreeSet<String> = named.iter().map(|row| row.get(0)).collect();
    assert_eq!(named, GROWING.iter().chain(&CONSTANT).map(|name| (*name).to_owned()).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_costs_more_with_history_rooms_or_accounts() {
    let clinic = Clinic::with_patients(2).await;
    crowd::fill(&clinic, &clinic.database.raw().await).await;
    for (settings, times) in [("-c plan_cache_mode=auto", TIMES), ("", 1)] {
        let store = explained_store(&clinic, settings).await;
        for _ in 0..times {
            outreach::use_outreach(&clinic, &store).await;
            use_everything(&clinic, &store).await;
        }
        store.close().await;
    }
    let plans = plans(&shared().await.unwrap().log());
    let (mut seen, mut faults) = (BTreeSet::new(), BTreeSet::new());
    for plan in &plans {
        let text = plan["Query Text"].as_str().unwrap();
        seen.insert(text);
        if ALLOWED.iter().any(|(allowed, _)| text.contains(allowed)) {
            continue;
        }
        faults.extend(
            steps(&plan["Plan"]).into_iter().filter_map(fault).map(|fault| format!("{fault}: {text}")),
        );
    }
    assert!(seen.len() > 70, "only {} statements were seen", seen.len());
    let used = |table: &&str| seen.iter().any(|sql| words(sql).any(|word| word == *table));
    let unused: Vec<_> = GROWING.iter().filter(|table| !used(table)).collect();
    assert!(unused.is_empty(), "no statement names {unused:?}");
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n\n"));
}
