//! The words that scripts show: they stand in the message files like all others, and every page brings them
//! along in its language, so that no script holds a sentence.

use super::Shell;

/// Name by which a script asks, and the message. A name is the component's, then the component's own word,
/// then the plural form if it counts.
const WORDS: &[(&str, &str)] = &[
    ("form.mended", "script-form-mended"),
    ("form.colon", "script-form-colon"),
    ("form.restored", "script-form-restored"),
    ("form.onDevice", "script-form-on-device"),
    ("form.unreachable", "script-form-unreachable"),
    ("form.saving", "script-form-saving"),
    ("form.newest", "script-form-newest"),
    ("form.signIn", "script-form-sign-in"),
    ("form.ready", "script-form-ready"),
    ("page.days", "script-days"),
    ("page.hours", "script-hours"),
    ("page.minutes", "script-minutes"),
    ("page.seconds", "script-seconds"),
    ("page.over", "script-over"),
    ("characterCount.charactersUnderLimit.one", "script-characters-left-one"),
    ("characterCount.charactersUnderLimit.other", "script-characters-left"),
    ("characterCount.charactersAtLimit", "script-characters-none"),
    ("characterCount.charactersOverLimit.one", "script-characters-over-one"),
    ("characterCount.charactersOverLimit.other", "script-characters-over"),
    ("characterCount.wordsUnderLimit.one", "script-words-left-one"),
    ("characterCount.wordsUnderLimit.other", "script-words-left"),
    ("characterCount.wordsAtLimit", "script-words-none"),
    ("characterCount.wordsOverLimit.one", "script-words-over-one"),
    ("characterCount.wordsOverLimit.other", "script-words-over"),
    ("characterCount.textareaDescription.other", "script-characters-most"),
    ("accordion.hideAllSections", "script-hide-all"),
    ("accordion.showAllSections", "script-show-all"),
    ("accordion.hideSection", "script-hide"),
    ("accordion.hideSectionAriaLabel", "script-hide-section"),
    ("accordion.showSection", "script-show"),
    ("accordion.showSectionAriaLabel", "script-show-section"),
    ("passwordInput.showPassword", "script-password-show"),
    ("passwordInput.hidePassword", "script-password-hide"),
    ("passwordInput.showPasswordAriaLabel", "script-password-show-label"),
    ("passwordInput.hidePasswordAriaLabel", "script-password-hide-label"),
    ("passwordInput.passwordShownAnnouncement", "script-password-shown"),
    ("passwordInput.passwordHiddenAnnouncement", "script-password-hidden"),
    ("fileUpload.chooseFilesButton", "script-file-choose"),
    ("fileUpload.dropInstruction", "script-file-drop"),
    ("fileUpload.noFileChosen", "script-file-none"),
    ("fileUpload.multipleFilesChosen.one", "script-files-chosen-one"),
    ("fileUpload.multipleFilesChosen.other", "script-files-chosen"),
    ("fileUpload.enteredDropZone", "script-file-entered"),
    ("fileUpload.leftDropZone", "script-file-left"),
];

/// What a component of the page puts its number in place of.
const COUNT: &str = "%{count}";

impl Shell {
    /// Every word of the scripts by its name, in the reader's language.
    pub fn script_words(&self) -> Vec<(&'static str, String)> {
        WORDS.iter().map(|(name, key)| (*name, self.tx(key, COUNT))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::WORDS;
    use crate::i18n;

    #[test]
    fn every_word_of_the_scripts_has_a_message_and_one_name() {
        for (name, key) in WORDS {
            assert!(i18n::has(key), "{name}: {key}");
        }
        let names: BTreeSet<&str> = WORDS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), WORDS.len());
    }
}
