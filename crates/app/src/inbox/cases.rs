//! The statement of one step of the registrar's cases. Every table of them has a number, an organisation and its
//! deadlines, so that charity, fundraising and endings say only what is theirs.

/// The cases `of` a table `when` they wait for a step: the subject is the number, with the letter that its address has
/// before it; the last day is that of the open deadline of a `rule`, or what `day` says; `rules` is the column of the day
/// whose rules judge it.
macro_rules! cases {
    (of $table:literal $(letter $letter:literal)?, rule $rule:literal, $(rules $rules:literal,)? when $when:literal) => {
        concat!(
            "SELECT ", $("'", $letter, "' || ",)? "CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
               CAST(NULL AS BIGINT) AS at, d.due_on, ", $crate::inbox::cases::cases!(@rules $($rules)?), " AS rules_on
             FROM ", $table, " c JOIN organisation o ON o.id = c.organisation_id
               LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
                 AND d.rule IN (", $rule, ") AND d.done_on IS NULL
             WHERE ", $when, " AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
             ORDER BY c.number LIMIT 200"
        )
    };
    (of $table:literal $(letter $letter:literal)?, day $day:literal, $(rules $rules:literal,)? when $when:literal) => {
        concat!(
            "SELECT ", $("'", $letter, "' || ",)? "CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
               CAST(NULL AS BIGINT) AS at, ", $day, " AS due_on, ", $crate::inbox::cases::cases!(@rules $($rules)?), " AS rules_on
             FROM ", $table, " c JOIN organisation o ON o.id = c.organisation_id
             WHERE ", $when, " AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
             ORDER BY c.number LIMIT 200"
        )
    };
    (@rules $rules:literal) => { $rules };
    (@rules) => { "CAST(NULL AS TEXT)" };
}

pub(super) use cases;
