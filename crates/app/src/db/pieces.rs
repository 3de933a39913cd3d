//! Rows for statements that take many at once, cut into pieces of few lengths.
//!
//! Every length is a statement of its own that the engine keeps prepared, and one with a thousand places is
//! as large as a hundred others; so the lengths are few.

/// Rows in one statement: far below what either engine takes.
const LENGTHS: [usize; 5] = [256, 64, 16, 4, 1];

/// The rows in order, cut into pieces whose lengths are all in `LENGTHS`.
pub(crate) fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = LENGTHS.into_iter().find(|length| *length <= rows.len())?;
        let (piece, rest) = rows.split_at(length);
        rows = rest;
        Some(piece)
    })
}

/// `($1, $2), ($3, $4)`: places for `count` rows of `width` values.
pub(crate) fn places(count: usize, width: usize) -> String {
    let row = |row: usize| {
        let marks: Vec<String> = (1..=width).map(|at| format!("${}", row * width + at)).collect();
        format!("({})", marks.join(", "))
    };
    (0..count).map(row).collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{pieces, places};

    #[test]
    fn nothing_is_lost_and_lengths_are_few() {
        for (count, expected) in
            [(0, vec![]), (1, vec![1]), (7, vec![4, 1, 1, 1]), (600, vec![256, 256, 64, 16, 4, 4])]
        {
            let rows: Vec<usize> = (0..count).collect();
            assert_eq!(pieces(&rows).map(<[usize]>::len).collect::<Vec<_>>(), expected, "{count}");
            assert_eq!(pieces(&rows).flatten().copied().collect::<Vec<_>>(), rows);
        }
    }

    #[test]
    fn places_count_on_from_row_to_row() {
        assert_eq!(places(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }
}
