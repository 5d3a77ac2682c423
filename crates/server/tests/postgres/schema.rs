//! The schema, explained and migrated.

use tokio_postgres::Client;

use crate::support::Database;

const EXPLAINED: &str = include_str!("../../../../migrations/schema/server-postgres.sql");

/// Everything the catalogue says of a schema that could differ, one line each.
const DESCRIBED: [&str; 6] = [
    "SELECT 'column ' || c.relname || ' ' || a.attnum || ' ' || a.attname || ' '
       || format_type(a.atttypid, a.atttypmod) || ' not null ' || a.attnotnull || ' identity ' || a.attidentity::TEXT
       || ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-')
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped",
    "SELECT 'relation ' || relname || ' ' || relkind::TEXT || ' ' || coalesce(array_to_string(reloptions, ','), '-')
     FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "SELECT 'constraint ' || conrelid::regclass::TEXT || ' ' || conname || ' ' || pg_get_constraintdef(oid)
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
];

async fn described(client: &Client) -> Vec<String> {
    let mut lines = Vec::new();
    for sql in DESCRIBED {
        let rows = client.query(sql, &[]).await.unwrap();
        assert!(!rows.is_empty(), "nothing to compare: {sql}");
        lines.extend(rows.iter().map(|row| row.get::<_, String>(0)));
    }
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explained_schema_is_what_the_migrations_make() {
    let (explained, migrated) = (Database::fresh().await, Database::fresh().await);
    let by_hand = explained.raw().await;
    by_hand.batch_execute(EXPLAINED).await.unwrap();
    migrated.store().await;
    let (by_hand, made) = (described(&by_hand).await, described(&migrated.raw().await).await);
    let only_in = |here: &[String], there: &[String]| {
        here.iter().filter(|line| !there.contains(line)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only_in(&by_hand, &made), Vec::<String>::new(), "explained and not made");
    assert_eq!(only_in(&made, &by_hand), Vec::<String>::new(), "made and not explained");
}

#[test]
fn everything_in_it_is_explained() {
    let statements = EXPLAINED.split("\n\n").filter(|part| part.contains("CREATE "));
    let silent: Vec<_> = statements.filter(|part| !part.starts_with("-- ")).collect();
    assert_eq!(silent, Vec::<&str>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_changes_the_audit_or_its_seals() {
    let database = Database::fresh().await;
    database.store().await;
    let raw = database.raw().await;
    for table in ["audit", "audit_seals"] {
        for deed in [
            format!("UPDATE {table} SET hash = hash"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
        ] {
            let deed = deed.replace("audit SET hash = hash", "audit SET event = event");
            let refused = raw.batch_execute(&deed).await.expect_err(&deed);
            let said = refused.as_db_error().unwrap().message().to_owned();
            assert!(said.ends_with("is append-only"), "{deed}: {said}");
        }
    }
}
