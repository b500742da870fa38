//! The whole check of a book.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::case::{Case, Findings};
use super::employers::Employers;
use super::notice::Notice;
use super::register::Register;
use super::{
    certificates, deadline, eligibility, evidence, format, identity, names, printing, process, quota, required,
};
use crate::domain::{
    Body, Day, Finding, Person, PersonEligibility, PersonId, RecommenderId, RecommenderKind, Verdict, nominated, ranked,
};

/// Facts about files and fonts, which rules cannot know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Width and height in pixels of each readable photo, upright.
    pub photos: BTreeMap<PersonId, (u32, u32)>,
    /// People whose photo file is no image that can be printed.
    pub unreadable_photos: BTreeSet<PersonId>,
    /// Fields with characters that no font of the program has.
    pub unprintable: Vec<Unprintable>,
}

/// A field that cannot be printed as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unprintable {
    pub subject: Subject,
    /// Path of the field in the record.
    pub field: String,
    pub characters: Vec<char>,
}

/// Whose field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    Recommender(RecommenderId),
    Person(PersonId),
}

/// What the check found; serializes as `check --json` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The notice's id.
    pub notice: String,
    pub recommenders: Vec<RecommenderStanding>,
    /// By recommender, then in ranking order.
    pub eligibility: Vec<PersonEligibility>,
    /// By recommender, then in ranking order, then in the order of the form.
    pub findings: Vec<Finding>,
}

/// A recommender and its quota.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RecommenderStanding {
    pub name: String,
    pub kind: RecommenderKind,
    pub quota: u32,
    pub nominated: usize,
    /// The recorded reason for going over the quota.
    pub exception: Option<String>,
}

impl Check {
    /// How many findings stop the set.
    pub fn blocking(&self) -> usize {
        self.findings.iter().filter(|finding| finding.blocks).count()
    }

    /// The findings of one person.
    pub fn of_person(&self, person: PersonId) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.person == Some(person))
    }

    /// What the conditions say of one person.
    pub fn eligibility_of(&self, person: PersonId) -> Option<&PersonEligibility> {
        self.eligibility.iter().find(|eligibility| eligibility.person == person)
    }

    /// Those who may not apply.
    pub fn ineligible(&self) -> impl Iterator<Item = &PersonEligibility> {
        self.eligibility.iter().filter(|eligibility| eligibility.verdict == Verdict::Ineligible)
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Check", 5)?;
        document.serialize_field("notice", &self.notice)?;
        document.serialize_field("blocking", &self.blocking())?;
        document.serialize_field("recommenders", &self.recommenders)?;
        document.serialize_field("eligibility", &self.eligibility)?;
        document.serialize_field("findings", &self.findings)?;
        document.end()
    }
}

/// Checks a book against its notice. Pure: the same values give the same findings in the same order.
pub fn check(notice: &Notice, today: Day, bodies: &[Body], people: &[Person], measured: &Measured) -> Check {
    let register = Register::new(bodies, people);
    let employers = Employers::new(people);
    let mut result =
        Check { notice: notice.id.clone(), recommenders: Vec::new(), eligibility: Vec::new(), findings: Vec::new() };
    for body in bodies {
        let put_forward = nominated(people, body.id).len();
        result.recommenders.push(standing(notice, body, put_forward));
        let unprintable =
            |subject| measured.unprintable.iter().filter(move |fact: &&Unprintable| fact.subject == subject);

        let mut out = Findings::of_body(body);
        quota::check(notice, body, put_forward, &mut out);
        deadline::check(notice, today, &mut out);
        required::body(body, &mut out);
        printing::glyphs(unprintable(Subject::Recommender(body.id)), &mut out);
        result.findings.extend(out.in_form_order());

        for person in ranked(people, body.id) {
            let case = Case { notice, today, body, person };
            let eligible = eligibility::eligibility(notice, person);
            let mut out = Findings::of_person(body, person);
            eligibility::check(&case, &eligible, &mut out);
            required::applicant(&case, &mut out);
            format::check(&case, &mut out);
            identity::check(&case, &register, &mut out);
            names::check(&case, &register, &mut out);
            employers.check(&case, &mut out);
            printing::photo(&case, measured, &mut out);
            certificates::check(&case, &mut out);
            required::brief(&case, &mut out);
            evidence::check(&case, &mut out);
            process::check(&case, &mut out);
            printing::glyphs(unprintable(Subject::Person(person.id)), &mut out);
            result.findings.extend(out.in_form_order());
            result.eligibility.push(eligible);
        }
    }
    result
}

fn standing(notice: &Notice, body: &Body, nominated: usize) -> RecommenderStanding {
    let recommender = &body.recommender;
    let exception = recommender.exception.trim();
    RecommenderStanding {
        name: recommender.name.clone(),
        kind: recommender.kind,
        quota: notice.quota.of(recommender.kind),
        nominated,
        exception: (!exception.is_empty()).then(|| exception.to_owned()),
    }
}
