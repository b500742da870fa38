//! 推荐报告: edits are kept and marked, and a part whose facts have changed since is reported.

use crate::program::Desk;

#[test]
fn an_edited_part_is_kept_marked_and_told_when_its_facts_change() {
    let desk = Desk::with_sample("association");
    let part = |index: usize| desk.json(&["recommender", "report", "--json"])[index].clone();
    let generated = part(2)["text"].clone();
    let code = || desk.json(&["recommender", "list", "--json"])[0].to_string();
    let before = code();

    desk.ok(&["recommender", "report", "--part", "3", "--text", "专家组一致同意推荐。"]);
    assert_eq!(
        (&part(2)["text"], &part(2)["edited"], &part(2)["stale"]),
        (&"专家组一致同意推荐。".into(), &true.into(), &false.into())
    );
    assert_ne!(code(), before, "the report's code follows its text");
    assert_eq!(desk.run(&["print", "report", "--out", "r.pdf"]).err, "");

    // Another fact: the experts voted otherwise.
    desk.ok(&["edit", "#1", "--set", "process.expert_review.agree=4", "process.expert_review.against=1"]);
    assert_eq!((&part(2)["stale"], &part(0)["stale"]), (&true.into(), &false.into()));
    let ran = desk.run(&["print", "report", "--out", "r.pdf"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("专家评议情况") && ran.err.contains("核对"), "{}", ran.err);
    assert!(desk.ok(&["recommender", "report"]).contains("（已改写；之后情况有变化，请核对）"));

    // The record carries the text and nothing of the book's own.
    desk.ok(&["export", "--record", "out"]);
    let record = crate::program::read_json(&desk.path("out/record.json"));
    assert_eq!(record["recommender"]["report"]["experts"], "专家组一致同意推荐。");
    assert!(record["recommender"].get("report_facts").is_none());

    desk.ok(&["edit", "#1", "--set", "process.expert_review.agree=5", "process.expert_review.against=0"]);
    assert_eq!(part(2)["stale"], false);
    desk.ok(&["recommender", "report", "--part", "专家评议情况", "--text", ""]);
    assert_eq!((&part(2)["text"], &part(2)["edited"]), (&generated, &false.into()));
    desk.refused(2, &["recommender", "report", "--part", "6", "--text", "x"], &["1 到 5"]);
    desk.refused(2, &["recommender", "report", "--part", "1"], &[]);
}
