//! Byte strings of a fixed length as hexadecimal text in JSON.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

pub(super) fn serialize<const N: usize, S: Serializer>(
    bytes: &[u8; N],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

pub(super) fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<[u8; N], D::Error> {
    let text = String::deserialize(deserializer)?;
    let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
    let bytes = bytes.ok_or_else(|| D::Error::custom("not hexadecimal"))?;
    bytes.try_into().map_err(|_| D::Error::custom("wrong length"))
}

fn byte(pair: &[u8]) -> Option<u8> {
    match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    }
}

fn digit(digit: u8) -> Option<u32> {
    char::from(digit).to_digit(16)
}
