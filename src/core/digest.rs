//! SHA-256 digests: what proves that bytes are the same bytes.

use sha2::Digest as _;

use crate::error::{Code, Error, Result};

/// A SHA-256 digest. On the wire: 64 lower-case hexadecimal digits.
///
/// ```
/// use nivella_credits::core::Digest;
/// let digest = Digest::of(b"abc");
/// let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// assert_eq!(digest.text(), text);
/// assert_eq!(Digest::parse(text)?, digest);
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        let mut hasher = Hasher::default();
        hasher.add(bytes);
        hasher.digest()
    }

    /// Its 64 lower-case hexadecimal digits.
    pub fn text(self) -> String {
        let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// From its text.
    ///
    /// # Errors
    /// `field_invalid` unless it is 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Result<Digest> {
        let invalid = || Error::new(Code::FieldInvalid, "a digest is 64 hexadecimal digits");
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(invalid());
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            for digit in pair {
                let value = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    _ => return Err(invalid()),
                };
                *byte = *byte << 4 | value;
            }
        }
        Ok(Digest(bytes))
    }
}

/// A digest in the making, for bytes that come in pieces.
#[derive(Clone, Debug, Default)]
pub struct Hasher(sha2::Sha256);

impl Hasher {
    /// Takes in more bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all bytes so far; more may follow.
    pub fn digest(&self) -> Digest {
        Digest(self.0.clone().finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standard_and_pieces_do_not_matter() {
        let cases = [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
        ];
        for (text, digest) in cases {
            assert_eq!(Digest::of(text.as_bytes()).text(), digest);
            let mut hasher = Hasher::default();
            text.as_bytes().chunks(5).for_each(|piece| hasher.add(piece));
            assert_eq!(hasher.digest().text(), digest);
        }
    }

    #[test]
    fn only_64_lower_case_digits_are_a_digest() {
        let text = Digest::of(b"x").text();
        for wrong in [&text[1..], &text.to_uppercase(), &text.replace('d', "g"), "", "é"] {
            assert!(Digest::parse(wrong).is_err(), "{wrong}");
        }
    }
}
