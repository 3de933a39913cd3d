//! Closed lists whose members have one stable code, used alike in tables, the API and message keys.

/// A closed list of values, each with a stable snake_case code.
pub trait Coded: Copy + Sized + 'static {
    /// Name of the list in message keys: the word before the member's code.
    const LIST: &'static str;
    /// Every member, in the order in which people read them.
    const ALL: &'static [Self];
    /// The stable code of this member.
    fn code(self) -> &'static str;
    /// The member with this code, if there is one.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|member| member.code() == code)
    }
}

/// Declares a closed list: `coded! { /// Doc pub enum Kind as "kind" { /// Doc Institution = "institution" } }`.
#[macro_export]
macro_rules! coded {
    ($(#[$doc:meta])* pub enum $name:ident as $list:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
        impl $crate::kernel::Coded for $name {
            const LIST: &'static str = $list;
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
        }
    };
}
