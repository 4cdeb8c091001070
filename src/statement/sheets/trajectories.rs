//! Sheet `Trajecten`: one row per trajectory.

use crate::client::names::ClientName;
use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::TrajectoryLine;

const END_REASONS: &[(&str, &str)] = &[
    ("afgerond", "completed"),
    ("werk", "work"),
    ("opleiding", "study"),
    ("uitval", "dropout"),
    ("doorgestroomd", "moved_on"),
    ("anders", "other"),
];

const ACHIEVED: &[(&str, &str)] = &[("alles", "all"), ("deels", "part"), ("niet", "none")];

impl Line for TrajectoryLine {
    const TABLE: &'static Table = &Table {
        name: "Trajecten",
        texts: "statement-column-trajecten",
        columns: &[
            Column::required("dossiernummer", Kind::Text(40), "D-2026-014"),
            Column::required("clientnummer", Kind::Text(40), "C-4711"),
            Column::optional("clientnaam", Kind::Text(200), "J. Visser"),
            Column::required("contactpersoon", Kind::Email, "a.jansen@noordermeer.example"),
            Column::required("profiel", Kind::Text(20), "P2"),
            Column::required("product", Kind::Text(60), "RE-JC"),
            Column::required("aangemeld_op", Kind::Date, "01-07-2026"),
            Column::optional("gestart_op", Kind::Date, "13-07-2026"),
            Column::optional("plan_akkoord_op", Kind::Date, "20-07-2026"),
            Column::optional("aantal_resultaatafspraken", Kind::Whole(0, 99), "2"),
            Column::optional("client_akkoord_op", Kind::Date, "20-07-2026"),
            Column::optional("coach_betrokken", Kind::YesNo, "ja"),
            Column::optional("coach_akkoord_op", Kind::Date, "21-07-2026"),
            Column::optional("contactpersoon_geinformeerd_op", Kind::Date, "21-07-2026"),
            Column::optional("termijn_eindigt_op", Kind::Date, "01-07-2027"),
            Column::optional("opschorting_dagen", Kind::Whole(0, 3_650), "0"),
            Column::optional("verlenging_toegestaan_op", Kind::Date, ""),
            Column::optional("beeindigd_op", Kind::Date, "25-09-2026"),
            Column::optional("reden_einde", Kind::Choice(END_REASONS), "werk"),
            Column::optional("resultaat", Kind::Choice(ACHIEVED), "alles"),
            Column::optional("reden_vastgelegd", Kind::YesNo, "ja"),
            Column::optional("werk_gestart_op", Kind::Date, "21-09-2026"),
            Column::optional("uren_per_week", Kind::Quantity, "24"),
            Column::optional("indicatie_op", Kind::Date, ""),
            Column::optional("plek_beschikbaar_op", Kind::Date, ""),
            Column::optional("geplaatst_op", Kind::Date, ""),
            Column::optional("trede_start", Kind::Whole(1, 6), "4"),
            Column::optional("trede_nu", Kind::Whole(1, 6), "6"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<TrajectoryLine> {
        let case_ref = row.text("dossiernummer");
        let client_ref = row.text("clientnummer");
        let client_name = row.text("clientnaam").filter(|name| !name.is_empty()).map(ClientName);
        let contact = row.email("contactpersoon");
        let profile = row.text("profiel");
        let product = row.text("product");
        let referred_on = row.date("aangemeld_op");
        let started_on = row.date("gestart_op");
        let plan_agreed_on = row.date("plan_akkoord_op");
        let agreed_results = row.whole("aantal_resultaatafspraken");
        let client_agreed_on = row.date("client_akkoord_op");
        let coach_involved = row.yes_no("coach_betrokken");
        let coach_agreed_on = row.date("coach_akkoord_op");
        let contact_informed_on = row.date("contactpersoon_geinformeerd_op");
        let term_ends_on = row.date("termijn_eindigt_op");
        let suspended_days = row.whole("opschorting_dagen");
        let extension_permitted_on = row.date("verlenging_toegestaan_op");
        let ended_on = row.date("beeindigd_op");
        let end_reason = row.choice("reden_einde");
        let results_achieved = row.choice("resultaat");
        let reason_recorded = row.yes_no("reden_vastgelegd");
        let work_started_on = row.date("werk_gestart_op");
        let hours_per_week = row.quantity("uren_per_week");
        let indication_on = row.date("indicatie_op");
        let capacity_available_on = row.date("plek_beschikbaar_op");
        let placed_on = row.date("geplaatst_op");
        let ladder_start = row.step("trede_start");
        let ladder_now = row.step("trede_nu");
        row.without_fault()?;
        Some(TrajectoryLine {
            row: row.number(),
            case_ref: case_ref?,
            client_ref: client_ref?,
            client_name,
            contact: contact?,
            profile: profile?,
            product: product?,
            referred_on: referred_on?,
            started_on,
            plan_agreed_on,
            agreed_results: agreed_results.unwrap_or(0),
            client_agreed_on,
            coach_involved: coach_involved.unwrap_or(false),
            coach_agreed_on,
            contact_informed_on,
            term_ends_on,
            suspended_days: suspended_days.unwrap_or(0),
            extension_permitted_on,
            ended_on,
            end_reason,
            results_achieved,
            reason_recorded: reason_recorded.unwrap_or(false),
            work_started_on,
            hours_per_week,
            indication_on,
            capacity_available_on,
            placed_on,
            ladder_start,
            ladder_now,
        })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("dossiernummer", &self.case_ref);
        row.put("clientnummer", &self.client_ref);
        row.put("contactpersoon", &self.contact);
        row.put("profiel", &self.profile);
        row.put("product", &self.product);
        row.put("aangemeld_op", self.referred_on);
        row.put("gestart_op", self.started_on);
        row.put("plan_akkoord_op", self.plan_agreed_on);
        row.put("aantal_resultaatafspraken", self.agreed_results);
        row.put("client_akkoord_op", self.client_agreed_on);
        row.put("coach_betrokken", self.coach_involved);
        row.put("coach_akkoord_op", self.coach_agreed_on);
        row.put("contactpersoon_geinformeerd_op", self.contact_informed_on);
        row.put("termijn_eindigt_op", self.term_ends_on);
        row.put("opschorting_dagen", self.suspended_days);
        row.put("verlenging_toegestaan_op", self.extension_permitted_on);
        row.put("beeindigd_op", self.ended_on);
        row.put_choice("reden_einde", self.end_reason.map(|reason| reason.as_str()));
        row.put_choice("resultaat", self.results_achieved.map(|achieved| achieved.as_str()));
        row.put("reden_vastgelegd", self.reason_recorded);
        row.put("werk_gestart_op", self.work_started_on);
        row.put("uren_per_week", self.hours_per_week);
        row.put("indicatie_op", self.indication_on);
        row.put("plek_beschikbaar_op", self.capacity_available_on);
        row.put("geplaatst_op", self.placed_on);
        row.put("trede_start", self.ladder_start.map(u32::from));
        row.put("trede_nu", self.ladder_now.map(u32::from));
    }
}
