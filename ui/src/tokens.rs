//! Measures the contrast of every pair of tokens that meets on the screen, in every theme.
#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "helpers of a test")]

use std::collections::HashMap;

const TOKENS: &str = include_str!("../styles/tokens.css");

/// Text needs 4.5 : 1 (WCAG 2.2, 1.4.3).
const TEXT: [(&str, &[&str]); 17] = [
    (
        "ink-1",
        &[
            "surface-0",
            "surface-1",
            "surface-2",
            "brand-soft",
            "bubble-in",
            "canvas",
            "urgent-soft",
            "warning-soft",
        ],
    ),
    ("ink-2", &["surface-0", "surface-1", "surface-2", "brand-soft", "canvas"]),
    ("ink-3", &["surface-0", "surface-1", "surface-2", "bubble-in", "canvas"]),
    ("brand", &["surface-0", "surface-1"]),
    ("brand-strong", &["surface-0", "brand-soft", "bubble-in", "canvas"]),
    ("on-brand", &["brand", "brand-strong"]),
    ("on-bubble-out", &["bubble-out"]),
    ("on-bubble-out-2", &["bubble-out"]),
    ("urgent", &["surface-0", "canvas", "urgent-soft", "brand-soft"]),
    ("on-urgent", &["urgent"]),
    ("warning", &["warning-soft"]),
    ("avatar-ink", &["avatar-0", "avatar-1", "avatar-2", "avatar-3"]),
    ("avatar-ink", &["avatar-4", "avatar-5", "avatar-6", "avatar-7"]),
    ("avatar-ink", &["avatar-8", "avatar-9", "avatar-10", "avatar-11"]),
    ("brand-strong", &["surface-2"]),
    ("ink-2", &["bubble-in"]),
    ("urgent", &["bubble-in"]),
];

/// Icons, borders of fields and the focus ring need 3 : 1 (1.4.11).
const SHAPES: [(&str, &[&str]); 6] = [
    ("line-strong", &["surface-0", "surface-1", "canvas"]),
    ("focus", &["surface-0", "surface-1", "surface-2", "canvas", "brand-soft"]),
    ("brand", &["surface-2"]),
    ("positive", &["surface-0"]),
    ("away", &["surface-0"]),
    ("weak", &["surface-0"]),
];

type Theme = HashMap<String, [f64; 3]>;

/// The colours a block of declarations sets.
fn colours(block: &str) -> Theme {
    block
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .filter_map(|(name, value)| {
            let name = name.trim().strip_prefix("--")?;
            Some((name.to_owned(), rgb(value.trim())?))
        })
        .collect()
}

fn rgb(value: &str) -> Option<[f64; 3]> {
    let hex = value.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let channel = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok().map(f64::from);
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// The blocks of the sheet: light, dark, and what more contrast changes in each.
fn themes() -> Vec<(&'static str, Theme)> {
    let (normal, more) =
        TOKENS.split_once("@media (prefers-contrast: more) {").expect("a block for more contrast");
    let block = |source: &'static str, selector: &str| {
        let (_, rest) = source.split_once(&format!("{selector} {{")).expect("a block of the theme");
        colours(rest.split('}').next().unwrap_or_default())
    };
    let over = |base: &Theme, change: Theme| base.clone().into_iter().chain(change).collect::<Theme>();
    let light = block(normal, ":root");
    let dark = over(&light, block(normal, "[data-theme=\"dark\"]"));
    vec![
        ("light, more contrast", over(&light, block(more, ":root"))),
        ("dark, more contrast", over(&dark, block(more, "[data-theme=\"dark\"]"))),
        ("light", light),
        ("dark", dark),
    ]
}

/// WCAG's contrast ratio.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    let linear = |channel: f64| {
        let share = channel / 255.0;
        if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// Every pair below a ratio, in words.
fn too_weak(pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let mut found = Vec::new();
    for (theme, tokens) in themes() {
        for (front, grounds) in pairs {
            for ground in *grounds {
                let ratio = contrast(tokens[*front], tokens[*ground]);
                if ratio < least {
                    found.push(format!("{theme}: {front} on {ground} has {ratio:.2}, needs {least}"));
                }
            }
        }
    }
    found
}

#[test]
fn the_ratio_is_wcags() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 0.01);
    assert!((contrast([119.0; 3], [255.0; 3]) - 4.48).abs() < 0.01);
}

#[test]
fn text_can_be_read_in_every_theme() {
    assert_eq!(too_weak(&TEXT, 4.5), Vec::<String>::new());
}

#[test]
fn shapes_can_be_seen_in_every_theme() {
    assert_eq!(too_weak(&SHAPES, 3.0), Vec::<String>::new());
}
