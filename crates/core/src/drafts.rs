//! What one is writing, brought together with what one was writing at another device. No character is lost: of two texts
//! that have both changed, one stays in the box and the other is offered beside it.

use bedside_protocol::wire::{DraftContent, DraftText};

/// Between texts that are offered together.
const BETWEEN: &str = "\n\n";

/// What is held here and what the server has, which were the same once (`base`): whatever only one of them has changed is
/// as that one has it.
#[must_use]
pub fn merged(local: &DraftContent, base: &DraftContent, remote: &DraftContent) -> DraftContent {
    let (draft, left_over) = drafts(&local.draft, &base.draft, &remote.draft);
    let other = others(local.other.as_ref(), base.other.as_ref(), remote.other.as_ref());
    offered(DraftContent { draft, other }, left_over)
}

/// The same when nothing says which of them is older (the server's database was put back from a backup): what stands in the
/// box stays, for what the server has may have been sent since.
#[must_use]
pub fn beside(local: &DraftContent, remote: &DraftContent) -> DraftContent {
    let known = goes_on(&local.draft, &remote.draft);
    let kept = offered(local.clone(), (!known).then(|| remote.draft.clone()));
    offered(kept, remote.other.clone())
}

/// The same text offered as well.
#[must_use]
pub fn offered(content: DraftContent, text: Option<DraftText>) -> DraftContent {
    let Some(text) = text.filter(|text| !text.text.trim().is_empty()) else { return content };
    let other = match content.other {
        Some(other) => joined(&other, &text),
        None => text,
    };
    DraftContent { other: Some(other), ..content }
}

/// Whether a text begins with another, so that nothing of that is missing in it.
#[must_use]
pub fn goes_on(text: &DraftText, after: &DraftText) -> bool {
    text.text.starts_with(&after.text)
}

/// What stands in the box, and what is left over.
fn drafts(local: &DraftText, base: &DraftText, remote: &DraftText) -> (DraftText, Option<DraftText>) {
    if remote == local || remote == base {
        (local.clone(), None)
    } else if local == base {
        (remote.clone(), None)
    } else if goes_on(local, remote) {
        (replying(local, remote), None)
    } else if !local.text.is_empty() && goes_on(remote, local) {
        (replying(remote, local), None)
    } else {
        (local.clone(), Some(remote.clone()))
    }
}

fn replying(text: &DraftText, other: &DraftText) -> DraftText {
    DraftText { text: text.text.clone(), reply_to: text.reply_to.or(other.reply_to) }
}

fn others(
    local: Option<&DraftText>,
    base: Option<&DraftText>,
    remote: Option<&DraftText>,
) -> Option<DraftText> {
    match (local, remote) {
        _ if remote == base => local.cloned(),
        _ if local == base => remote.cloned(),
        (Some(local), Some(remote)) => Some(joined(local, remote)),
        (one, other) => one.or(other).cloned(),
    }
}

fn joined(first: &DraftText, second: &DraftText) -> DraftText {
    let reply_to = first.reply_to.or(second.reply_to);
    let text = if first.text.contains(&second.text) {
        first.text.clone()
    } else if second.text.contains(&first.text) {
        second.text.clone()
    } else {
        [first.text.as_str(), second.text.as_str()].join(BETWEEN)
    };
    DraftText { text, reply_to }
}
