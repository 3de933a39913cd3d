//! The frame of every page in pieces. A layout that wrote them out itself would be compiled again with each
//! page that extends it; a piece is compiled once.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Shell;

/// A piece of the frame: a block of `frame.html`.
macro_rules! pieces {
    ($($(#[$said:meta])* $name:ident, $method:ident, $block:literal;)+) => {$(
        $(#[$said])*
        #[derive(Template)]
        #[template(path = "shell/frame.html", block = $block)]
        pub struct $name<'a> {
            shell: &'a Shell,
        }

        impl HtmlSafe for $name<'_> {}

        impl Shell {
            $(#[$said])*
            pub fn $method(&self) -> $name<'_> {
                $name { shell: self }
            }
        }
    )+};
}

pieces! {
    /// The page's first lines, up to its title.
    Opening, opening, "opening";
    /// The end of the title, and the files of the look.
    AfterTitle, after_title, "after_title";
    /// The head of the page: the demo's band, language, person, search and main menu.
    Header, header, "header";
    /// What was just done, after a redirect.
    Said, said, "said";
    /// The menu of the reader's desk.
    Side, side, "side";
    /// The foot of the page, and the words of the scripts.
    Footer, footer, "footer";
    /// The words of the scripts alone, for a page without a foot.
    WordsOfScripts, words_of_scripts, "words_of_scripts";
}
