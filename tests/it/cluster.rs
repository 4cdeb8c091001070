//! Under CI no test of a store may quietly run on SQLite alone.

#[test]
fn a_run_that_decides_has_a_postgresql() {
    if std::env::var_os("CI").is_some() {
        let told = std::env::var("OPENHOUSE_TEST_POSTGRES").unwrap_or_default();
        assert!(
            told.starts_with("postgres://"),
            "OPENHOUSE_TEST_POSTGRES is {told:?}; run tests/run or tests/with-postgres"
        );
    }
}

#[cfg(feature = "postgres")]
#[test]
fn the_postgresql_that_is_told_of_answers_and_lets_a_test_make_a_database() {
    use diesel::prelude::*;
    let Ok(url) = std::env::var("OPENHOUSE_TEST_POSTGRES") else { return };

    let mut conn = PgConnection::establish(&url).expect("the PostgreSQL of OPENHOUSE_TEST_POSTGRES answers");
    let may = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(
        "(select rolcreatedb and rolcreaterole from pg_roles where rolname = current_user)",
    ))
    .get_result::<bool>(&mut conn);
    assert_eq!(may, Ok(true), "tests make databases and roles of their own");
}
