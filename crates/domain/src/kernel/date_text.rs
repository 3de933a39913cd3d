//! Dates and times as people write and read them.
//!
//! An impossible date is refused, never mended: a mended date is a guessed one (RULES T13).

use super::text::half_width;
use super::{Date, Moment, Refusal};

const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads `2014-03-05`, `2014/3/5`, `2014.3.5`, `2014年3月5日` and `20140305`, in any width.
pub fn parse_date(text: &str) -> Result<Date, Refusal> {
    let plain = half_width(text);
    if plain.trim().is_empty() {
        return Err(Refusal::new("kernel.date-missing", "T13"));
    }
    let unreadable = || Refusal::new("kernel.date-unreadable", "T13").with("text", text);
    let (year, month, day) = date_parts(&plain).ok_or_else(unreadable)?;
    Date::new(year, month, day).map_err(|_| Refusal::new("kernel.date-impossible", "T13").with("text", text))
}

/// Reads what a browser's date-and-time field sends: `2014-03-05T09:00` (a space or seconds also do), as
/// Beijing time.
pub fn parse_moment(text: &str) -> Result<Moment, Refusal> {
    let plain = half_width(text);
    let unreadable = || Refusal::new("kernel.time-unreadable", "T13").with("text", text);
    let (date, time) = plain.split_once(['T', ' ']).ok_or_else(unreadable)?;
    let date = parse_date(date)?;
    let mut parts = time.trim().split(':').map(|part| digits(part, 2));
    let (Some(Some(hour)), Some(Some(minute))) = (parts.next(), parts.next()) else {
        return Err(unreadable());
    };
    let second = parts.next().unwrap_or(Some(0)).ok_or_else(unreadable)?;
    match (i8::try_from(hour), i8::try_from(minute), parts.next()) {
        (Ok(hour @ 0..=23), Ok(minute @ 0..=59), None) if second < 60 => {
            Ok(Moment::beijing(date, hour, minute).plus_seconds(i64::from(second)))
        }
        _ => Err(Refusal::new("kernel.time-impossible", "T13").with("text", text)),
    }
}

/// `2014年3月5日`.
pub fn date_in_chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `2014年3月5日（周三）`.
pub fn date_with_weekday_in_chinese(date: Date) -> String {
    let index = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
    format!("{}（{}）", date_in_chinese(date), WEEKDAYS.get(index).unwrap_or(&""))
}

/// `5 March 2014`.
pub fn date_in_english(date: Date) -> String {
    let index = usize::try_from(date.month() - 1).unwrap_or(0);
    format!("{} {} {}", date.day(), MONTHS.get(index).unwrap_or(&""), date.year())
}

/// `2014年3月5日 09:00`, Beijing time.
pub fn moment_in_chinese(moment: Moment) -> String {
    format!("{} {}", date_in_chinese(moment.date()), clock(moment))
}

/// `5 March 2014 09:00`, Beijing time.
pub fn moment_in_english(moment: Moment) -> String {
    format!("{} {}", date_in_english(moment.date()), clock(moment))
}

/// `2014-03-05T09:00`, Beijing time: what a browser's date-and-time field takes.
pub fn moment_for_field(moment: Moment) -> String {
    format!("{}T{}", moment.date(), clock(moment))
}

/// `09:00`, Beijing time.
pub fn clock(moment: Moment) -> String {
    let (hour, minute) = moment.hour_minute();
    format!("{hour:02}:{minute:02}")
}

fn date_parts(text: &str) -> Option<(i16, i8, i8)> {
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?]
    } else if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        vec![year, month, day.strip_suffix('日')?]
    } else {
        let mark = ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark))?;
        text.split(mark).collect()
    };
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let year = year.trim();
    if year.len() != 4 {
        return None;
    }
    let year = digits(year, 4)?;
    Some((year, digits(month.trim(), 2)?.try_into().ok()?, digits(day.trim(), 2)?.try_into().ok()?))
}

/// One to `most` ASCII digits as a number.
fn digits(text: &str, most: usize) -> Option<i16> {
    let plain = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_read_in_every_usual_form() {
        for text in [
            "2014-03-05",
            "2014/3/5",
            "2014.3.5",
            "2014年3月5日",
            "2014年03月05日",
            "20140305",
            "２０１４－０３－０５",
            " 2014 年 3 月 5日",
        ] {
            assert_eq!(parse_date(text), Ok(date(2014, 3, 5)), "{text}");
        }
    }

    #[test]
    fn an_empty_date_is_asked_for() {
        for text in ["", " ", "\u{3000}"] {
            assert_eq!(
                parse_date(text).map_err(|refusal| refusal.code),
                Err("kernel.date-missing"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn an_impossible_date_is_refused_not_mended() {
        for text in ["2014-02-29", "2014/13/1", "20140230", "2014年4月31日", "2014-00-01", "2014-01-00"] {
            assert_eq!(
                parse_date(text).map_err(|refusal| refusal.code),
                Err("kernel.date-impossible"),
                "{text}"
            );
        }
        for text in [
            "2014",
            "14-03-05",
            "2014-3",
            "2014-3-5-6",
            "5 March 2014",
            "2014年3月",
            "2013112日",
            "2014-003-5",
        ] {
            assert_eq!(
                parse_date(text).map_err(|refusal| refusal.code),
                Err("kernel.date-unreadable"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_field_of_date_and_time_is_read_as_beijing_time() {
        for (text, seconds) in [
            ("2014-02-21T09:00", 0),
            ("2014-02-21 9:00", 0),
            ("2014-02-21T09:00:30", 30),
            ("2014年2月21日 09：00", 0),
        ] {
            let nine = Moment::beijing(date(2014, 2, 21), 9, 0);
            assert_eq!(parse_moment(text), Ok(nine.plus_seconds(seconds)), "{text}");
        }
        for (text, code) in [
            ("2014-02-21", "kernel.time-unreadable"),
            ("2014-02-21T9", "kernel.time-unreadable"),
            ("2014-02-21T09:00:xx", "kernel.time-unreadable"),
            ("2014-02-21T24:00", "kernel.time-impossible"),
            ("2014-02-21T09:60", "kernel.time-impossible"),
            ("2014-02-21T09:00:00:00", "kernel.time-impossible"),
            ("2014-02-30T09:00", "kernel.date-impossible"),
        ] {
            assert_eq!(parse_moment(text).map_err(|refusal| refusal.code), Err(code), "{text}");
        }
    }

    #[test]
    fn dates_and_times_are_shown_as_each_language_writes_them() {
        let day = date(2014, 3, 5);
        let nine = Moment::beijing(day, 9, 0);
        assert_eq!(date_in_chinese(day), "2014年3月5日");
        assert_eq!(date_with_weekday_in_chinese(day), "2014年3月5日（周三）");
        assert_eq!(date_with_weekday_in_chinese(date(2014, 3, 9)), "2014年3月9日（周日）");
        assert_eq!(date_in_english(day), "5 March 2014");
        assert_eq!(moment_in_chinese(nine), "2014年3月5日 09:00");
        assert_eq!(moment_in_english(nine), "5 March 2014 09:00");
        assert_eq!(moment_for_field(nine), "2014-03-05T09:00");
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_read_again(year in 1000_i16..=9998, month in 1_i8..=12, day in 1_i8..=28) {
            let day = date(year, month, day);
            prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
            prop_assert_eq!(parse_date(&date_in_chinese(day)), Ok(day));
            let moment = Moment::beijing(day, 16, 45);
            prop_assert_eq!(parse_moment(&moment_for_field(moment)), Ok(moment));
        }

        #[test]
        fn no_text_breaks_the_readers(text in "\\PC*") {
            let _ = (parse_date(&text), parse_moment(&text));
        }
    }
}
