//! What the families look at, and the one place where a finding is made.

use super::notice::Notice;
use crate::domain::{Applicant, Body, Clause, Day, Finding, FindingCode, Person, Severity};

/// One person under check.
pub(super) struct Case<'a> {
    pub notice: &'a Notice,
    pub today: Day,
    pub body: &'a Body,
    pub person: &'a Person,
}

impl<'a> Case<'a> {
    pub fn applicant(&self) -> &'a Applicant {
        &self.person.applicant
    }
}

/// Gathers what is found about one recommender, or about one of its people.
pub(super) struct Findings<'a> {
    body: &'a Body,
    person: Option<&'a Person>,
    found: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub fn of_body(body: &'a Body) -> Self {
        Self { body, person: None, found: Vec::new() }
    }

    pub fn of_person(body: &'a Body, person: &'a Person) -> Self {
        Self { body, person: Some(person), found: Vec::new() }
    }

    /// Stops the set.
    pub fn block(&mut self, code: FindingCode, clause: Option<Clause>, field: &str, message: String) {
        self.add(code, Severity::Block, clause, field, message);
    }

    /// Asks the clerk to look again.
    pub fn warn(&mut self, code: FindingCode, clause: Option<Clause>, field: &str, message: String) {
        self.add(code, Severity::Warn, clause, field, message);
    }

    /// Waits for the experts.
    pub fn judge(&mut self, code: FindingCode, clause: Option<Clause>, field: &str, message: String) {
        self.add(code, Severity::Judge, clause, field, message);
    }

    /// `field` empty: none is meant.
    fn add(&mut self, code: FindingCode, severity: Severity, clause: Option<Clause>, field: &str, message: String) {
        let counts = self.person.is_none_or(|person| person.applicant.nominated);
        let reviewed = self.person.is_some_and(|person| person.applicant.process.expert_review.is_recorded());
        let stops = match severity {
            Severity::Block => true,
            Severity::Judge => !reviewed,
            Severity::Warn => false,
        };
        self.found.push(Finding {
            recommender: Some(self.body.recommender.name.clone()),
            person: self.person.map(|person| person.id),
            name: self.person.map(|person| person.applicant.name.clone()),
            code,
            severity,
            blocks: counts && stops,
            clause,
            field: (!field.is_empty()).then(|| field.to_owned()),
            message,
        });
    }

    /// What was found, in the order of the form; the families' own order decides within a field.
    pub fn in_form_order(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|finding| place_on_form(finding.field.as_deref()));
        self.found
    }
}

/// The record's keys as Annex 2 and the process go; what is named first is shown first.
const FORM_ORDER: &[&str] = &[
    "name",
    "sex",
    "birth",
    "photo",
    "native_place",
    "political_status",
    "education",
    "work_started",
    "occupation",
    "grade",
    "phone",
    "mobile",
    "contact",
    "post",
    "duty",
    "id_number",
    "employer",
    "employer_address",
    "experience",
    "front_line",
    "freelancer",
    "provincial_chief_technician",
    "certificates",
    "honours",
    "competitions",
    "apprentices",
    "sections.speciality",
    "sections.competition_results",
    "sections.operation_methods",
    "sections.innovations",
    "sections.honour_titles",
    "sections.contributions",
    "sections.summary",
    "opinions",
    "honours_brief",
    "attachments",
    "process.employee_opinion",
    "process.employer_publicity",
    "process.employer_report",
    "process.originals_checked",
    "process.expert_review",
    "process.body_publicity",
    "process.member_opinion",
];

/// Place of a field on the form and, in a list, its row. No field comes first, an unknown one last.
fn place_on_form(field: Option<&str>) -> (usize, usize) {
    let Some(field) = field else { return (0, 0) };
    let under = |key: &str| {
        field.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('['))
    };
    let place = FORM_ORDER.iter().position(|key| under(key)).map_or(usize::MAX, |index| index + 1);
    let row = field.split(['[', ']']).nth(1).and_then(|row| row.parse().ok()).unwrap_or(0);
    (place, row)
}

#[cfg(test)]
mod tests {
    use super::place_on_form;

    #[test]
    fn fields_stand_in_the_order_of_the_form() {
        let in_order = [
            None,
            Some("name"),
            Some("id_number"),
            Some("employer"),
            Some("employer_address"),
            Some("experience"),
            Some("experience[2].from"),
            Some("experience[10].from"),
            Some("certificates[0]"),
            Some("sections.summary.text"),
            Some("honours_brief"),
            Some("attachments[1].original_checked"),
            Some("process.employer_publicity.to"),
            Some("process.expert_review"),
            Some("something new"),
        ];
        assert!(in_order.windows(2).all(|pair| place_on_form(pair[0]) < place_on_form(pair[1])));
    }
}
