//! `gongzhi generate city`: silent in a pipe, repeatable, and clean by `doctor`.

use crate::program::{homes, printed};

#[test]
fn a_city_is_generated_from_a_terminal_and_in_order() {
    for home in homes("generate") {
        let words = ["generate", "city", "--organisations", "120", "--years", "3", "--seed", "2"];
        let first = home.run(&words);
        assert_eq!(printed(&first), "added 120 already there 0\n");
        assert!(first.status.success() && first.stderr.is_empty(), "no bar in a pipe");
        assert_eq!(printed(&home.run(&words)), "added 0 already there 120\n");
        let doctor = home.run(&["doctor"]);
        assert_eq!(doctor.status.code(), Some(0), "{}", printed(&doctor));
        let wrong = home.run(&["generate", "city", "--years", "0"]);
        assert_eq!(wrong.status.code(), Some(2));
        let help = home.run(&["generate", "city", "--help"]);
        assert!(printed(&help).contains("Example: gongzhi generate city"));
        home.clear();
    }
}
