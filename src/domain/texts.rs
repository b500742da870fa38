//! Every text of a record with its path, for checks that look at characters.

use super::{Applicant, Competition, Publicity, Recommender, SectionKey};

/// Texts with their paths in the record (`experience[2].place`), in the order of the form.
struct Texts<'a>(Vec<(String, &'a str)>);

impl<'a> Texts<'a> {
    fn add(&mut self, prefix: &str, fields: &[(&str, &'a String)]) {
        self.0.extend(fields.iter().map(|(key, text)| (format!("{prefix}{key}"), text.as_str())));
    }

    fn competition(&mut self, prefix: &str, competition: &'a Competition) {
        self.add(prefix, &[("name", &competition.name), ("date", &competition.date), ("event", &competition.event)]);
    }

    fn publicity(&mut self, prefix: &str, step: &'a Publicity) {
        let fields = [
            ("from", &step.from),
            ("to", &step.to),
            ("objections", &step.objections),
            ("resolution", &step.resolution),
        ];
        self.add(prefix, &fields);
    }
}

impl Applicant {
    /// All texts with their paths.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let mut texts = Texts(Vec::new());
        let page_1 = [
            ("name", &self.name),
            ("sex", &self.sex),
            ("birth", &self.birth),
            ("id_number", &self.id_number),
            ("native_place", &self.native_place),
            ("political_status", &self.political_status),
            ("education", &self.education),
            ("work_started", &self.work_started),
            ("occupation", &self.occupation),
            ("grade", &self.grade),
            ("phone", &self.phone),
            ("post", &self.post),
            ("duty", &self.duty),
            ("employer", &self.employer),
            ("employer_address", &self.employer_address),
        ];
        texts.add("", &page_1);
        for (i, row) in self.experience.iter().enumerate() {
            let prefix = format!("experience[{i}].");
            texts.add(&prefix, &[("from", &row.from)]);
            if let Some(to) = &row.to {
                texts.add(&prefix, &[("to", to)]);
            }
            texts.add(&prefix, &[("place", &row.place), ("witness", &row.witness)]);
        }
        for (i, certificate) in self.certificates.iter().enumerate() {
            let fields = [
                ("occupation", &certificate.occupation),
                ("grade", &certificate.grade),
                ("number", &certificate.number),
                ("issuer", &certificate.issuer),
                ("issued", &certificate.issued),
            ];
            texts.add(&format!("certificates[{i}]."), &fields);
        }
        for (i, honour) in self.honours.iter().enumerate() {
            let fields = [("title", &honour.title), ("awarded", &honour.awarded), ("issuer", &honour.issuer)];
            texts.add(&format!("honours[{i}]."), &fields);
        }
        for (i, competition) in self.competitions.iter().enumerate() {
            texts.competition(&format!("competitions[{i}]."), competition);
        }
        for (i, apprentice) in self.apprentices.iter().enumerate() {
            let prefix = format!("apprentices[{i}].");
            texts.add(&prefix, &[("name", &apprentice.name), ("relation", &apprentice.relation)]);
            texts.competition(&format!("{prefix}competition."), &apprentice.competition);
        }
        for key in SectionKey::ALL {
            let section = self.sections.get(key);
            texts.add(&format!("sections.{}.", key.key()), &[("text", &section.text), ("evidence", &section.evidence)]);
        }
        texts.add("", &[("honours_brief", &self.honours_brief)]);
        texts.add("opinions.", &[("employer", &self.opinions.employer), ("body", &self.opinions.body)]);
        for (i, attachment) in self.attachments.iter().enumerate() {
            texts.add(&format!("attachments[{i}]."), &[("title", &attachment.title), ("proves", &attachment.proves)]);
        }
        let process = &self.process;
        for (step, opinion) in
            [("employee_opinion", &process.employee_opinion), ("member_opinion", &process.member_opinion)]
        {
            texts.add(&format!("process.{step}."), &[("date", &opinion.date), ("result", &opinion.result)]);
        }
        texts.publicity("process.employer_publicity.", &process.employer_publicity);
        let (originals, review) = (&process.originals_checked, &process.expert_review);
        texts.add("process.originals_checked.", &[("date", &originals.date), ("by", &originals.by)]);
        texts.add("process.expert_review.", &[("date", &review.date), ("opinion", &review.opinion)]);
        texts.publicity("process.body_publicity.", &process.body_publicity);
        texts.0
    }
}

impl Recommender {
    /// All texts with their paths.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let mut texts = Texts(Vec::new());
        let fields = [
            ("name", &self.name),
            ("contact", &self.contact),
            ("phone", &self.phone),
            ("mobile", &self.mobile),
            ("address", &self.address),
            ("exception", &self.exception),
        ];
        texts.add("", &fields);
        for (part, text) in &self.report {
            texts.add("report.", &[(part.as_str(), text)]);
        }
        texts.0
    }
}
