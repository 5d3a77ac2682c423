//! Opening hours as an administrator types them: "mon-fri 08:00-12:00,14:00-18:00; sat 09:00-12:00".

use bedside_protocol::wire::OpeningHours;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_MINUTES: u16 = 24 * 60;

/// Hours in order, none of which lie over each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hours(pub(super) Vec<OpeningHours>);

/// Reads them; an empty text says nothing.
pub(super) fn parse(text: &str) -> Result<Hours, String> {
    let mut hours = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (days, times) = part
            .split_once(char::is_whitespace)
            .ok_or_else(|| format!("\"{part}\" is no day with a time, like mon-fri 08:00-12:00"))?;
        let times = times.split(',').map(|time| span(time.trim())).collect::<Result<Vec<_>, _>>()?;
        for day in days_of(days)? {
            hours.extend(times.iter().map(|(from, to)| OpeningHours {
                weekday: day,
                from: clock(*from),
                to: clock(*to),
            }));
        }
    }
    hours.sort();
    no_two_at_once(&hours)?;
    Ok(Hours(hours))
}

fn no_two_at_once(hours: &[OpeningHours]) -> Result<(), String> {
    let over = hours.iter().zip(hours.iter().skip(1)).find(|(a, b)| a.weekday == b.weekday && b.from < a.to);
    match over {
        None => Ok(()),
        Some((a, b)) => Err(format!(
            "on {} {}-{} and {}-{} lie over each other",
            day_name(a.weekday),
            a.from,
            a.to,
            b.from,
            b.to
        )),
    }
}

/// "mon-wed,fri" as numbers.
fn days_of(text: &str) -> Result<Vec<u8>, String> {
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day(first)?, day(last)?);
        if first > last {
            return Err(format!("\"{part}\" ends before it begins"));
        }
        days.extend(first..=last);
    }
    Ok(days)
}

fn day(text: &str) -> Result<u8, String> {
    let wanted = text.trim().to_lowercase();
    let number = (1..).zip(DAYS).find(|(_, name)| *name == wanted).map(|(number, _)| number);
    number.ok_or_else(|| format!("\"{text}\" is no day: {}", DAYS.join(", ")))
}

fn span(text: &str) -> Result<(u16, u16), String> {
    let wrong = || format!("\"{text}\" is no time of day, like 08:00-12:00");
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    let (from, to) = (minutes(from).ok_or_else(wrong)?, minutes(to).ok_or_else(wrong)?);
    if from < to { Ok((from, to)) } else { Err(format!("\"{text}\" ends before it begins")) }
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let all = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && all <= DAY_MINUTES).then_some(all)
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn day_name(number: u8) -> &'static str {
    DAYS.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or_default()
}

/// As they could have been typed.
pub(super) fn show(hours: &[OpeningHours]) -> String {
    let mut parts: Vec<(u8, u8, String)> = Vec::new();
    for day in 1..=7 {
        let times: Vec<String> = hours
            .iter()
            .filter(|hours| hours.weekday == day)
            .map(|hours| format!("{}-{}", hours.from, hours.to))
            .collect();
        let times = times.join(",");
        match parts.last_mut() {
            _ if times.is_empty() => {}
            Some((_, last, same)) if *last + 1 == day && *same == times => *last = day,
            _ => parts.push((day, day, times)),
        }
    }
    let part = |(first, last, times): &(u8, u8, String)| match first == last {
        true => format!("{} {times}", day_name(*first)),
        false => format!("{}-{} {times}", day_name(*first), day_name(*last)),
    };
    parts.iter().map(part).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_and_shown_as_they_could_have_been_typed() {
        let typed = "Mon-Fri 8:00-12:00, 14:00-18:00; sat 09:00-12:00;";
        let Hours(hours) = parse(typed).unwrap();
        assert_eq!(hours.len(), 11);
        assert_eq!(show(&hours), "mon-fri 08:00-12:00,14:00-18:00; sat 09:00-12:00");
        assert_eq!(parse(&show(&hours)).unwrap().0, hours);
        assert_eq!(show(&parse("mon,wed 22:00-24:00").unwrap().0), "mon 22:00-24:00; wed 22:00-24:00");
        assert_eq!(parse("").unwrap(), Hours(Vec::new()));
    }

    #[test]
    fn hours_that_cannot_be_are_refused_with_the_reason() {
        for (wrong, why) in [
            ("mon", "no day with a time"),
            ("moon 08:00-12:00", "no day"),
            ("fri-mon 08:00-12:00", "ends before"),
            ("mon 12:00-08:00", "ends before"),
            ("mon 08:00-24:01", "no time of day"),
            ("mon 08:60-12:00", "no time of day"),
            ("mon 08:00-12:00,11:00-13:00", "over each other"),
        ] {
            let said = parse(wrong).unwrap_err();
            assert!(said.contains(why), "{wrong}: {said}");
        }
    }
}
