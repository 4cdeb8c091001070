//! Tables `client_survey` and `survey_cooperation`.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::schema::{client_survey, survey_cooperation};
use crate::survey::ClientSurvey;

/// Announces a survey; one that was announced before gets the day now given.
pub fn announce(conn: &mut Conn, actor: &Actor, survey: &ClientSurvey) -> QueryResult<i64> {
    let known: Option<i64> = client_survey::table
        .filter(client_survey::municipality_id.eq(actor.tenant()).and(client_survey::survey_ref.eq(&survey.survey_ref)))
        .select(client_survey::id)
        .first(conn)
        .optional()?;
    match known {
        Some(id) => {
            diesel::update(client_survey::table.find(id)).set(client_survey::due_on.eq(survey.due_on)).execute(conn)?;
            Ok(id)
        }
        None => diesel::insert_into(client_survey::table)
            .values((
                client_survey::municipality_id.eq(actor.tenant()),
                client_survey::survey_ref.eq(&survey.survey_ref),
                client_survey::due_on.eq(survey.due_on),
            ))
            .returning(client_survey::id)
            .get_result(conn),
    }
}

/// Records whether and when a provider cooperated.
pub fn cooperate(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    survey_id: i64,
    cooperated_on: Option<NaiveDate>,
) -> QueryResult<()> {
    let here = survey_cooperation::municipality_id
        .eq(actor.tenant())
        .and(survey_cooperation::provider_id.eq(provider_id))
        .and(survey_cooperation::survey_id.eq(survey_id));
    diesel::delete(survey_cooperation::table.filter(here)).execute(conn)?;
    diesel::insert_into(survey_cooperation::table)
        .values((
            survey_cooperation::municipality_id.eq(actor.tenant()),
            survey_cooperation::provider_id.eq(provider_id),
            survey_cooperation::survey_id.eq(survey_id),
            survey_cooperation::cooperated_on.eq(cooperated_on),
        ))
        .execute(conn)?;
    Ok(())
}
