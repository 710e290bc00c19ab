//! Finding a text in another, whatever its case.
//!
//! Letters of Latin, Greek and Cyrillic scripts are folded by their place in Unicode: the tables of
//! the standard library are larger than the rest of the log. Folded letters have the same length.

/// A text to look for.
#[derive(Clone, Debug, Default)]
pub(super) struct Needle {
    folded: Vec<char>,
}

/// The small letter of a letter.
fn fold(letter: char) -> char {
    let code = u32::from(letter);
    let small = match code {
        0x41..=0x5A => code + 32,
        0..0xC0 => code,
        0xD7 => code,
        0xC0..=0xDE => code + 32,
        0x178 => 0xFF,
        0x130 | 0x131 | 0x138 | 0x149 => code,
        0x100..=0x137 | 0x14A..=0x177 | 0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F => code | 1,
        0x139..=0x148 | 0x179..=0x17E => code + (code & 1),
        0x386 => 0x3AC,
        0x388..=0x38A => code + 37,
        0x38C => 0x3CC,
        0x38E | 0x38F => code + 63,
        0x391..=0x3A1 | 0x3A3..=0x3AB => code + 32,
        0x3C2 => 0x3C3,
        0x400..=0x40F => code + 80,
        0x410..=0x42F => code + 32,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

impl Needle {
    pub fn new(text: &str) -> Needle {
        Needle { folded: text.trim().chars().map(fold).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Whether the text holds it. The empty one is in every text.
    pub fn is_in(&self, text: &str) -> bool {
        let Some((first, rest)) = self.folded.split_first() else { return true };
        if first.is_ascii() {
            return self.is_behind_byte(text, *first as u8, rest);
        }
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            if fold(letter) == *first && begins(letters.as_str(), rest) {
                return true;
            }
        }
        false
    }

    /// The usual way: no byte of a longer letter is ASCII.
    fn is_behind_byte(&self, text: &str, first: u8, rest: &[char]) -> bool {
        let other = first.to_ascii_uppercase();
        let bytes = text.as_bytes().iter().enumerate();
        let mut found = bytes.filter(|(_, byte)| **byte == first || **byte == other);
        found.any(|(at, _)| text.get(at + 1..).is_some_and(|behind| begins(behind, rest)))
    }
}

fn begins(text: &str, folded: &[char]) -> bool {
    let mut letters = text.chars();
    folded.iter().all(|letter| letters.next().map(fold) == Some(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_fold_as_the_standard_library_lowers_them() {
        let scripts = [0x20..0x180, 0x386..0x3C2, 0x3C3..0x3CF, 0x400..0x4C0, 0x4D0..0x530];
        for code in scripts.into_iter().flatten() {
            let Some(letter) = char::from_u32(code) else { continue };
            // The dotted I becomes two letters; its own small letter has no dot to lose.
            let lowered: Vec<char> = letter.to_lowercase().collect();
            if let [lowered] = lowered[..] {
                assert_eq!(fold(letter), lowered, "{letter} {code:x}");
            }
        }
    }

    #[test]
    fn a_text_is_found_whatever_its_case() {
        let found = |needle, text| Needle::new(needle).is_in(text);
        assert!(found("miller", "Miller & Sons"));
        assert!(found("ÉTÉ", "un été à la mer"));
        assert!(found("ΟΔΟΣ", "η οδος"));
        assert!(found("  sons ", "Miller & Sons"), "spaces around it are not looked for");
        assert!(found("", "anything"));
        assert!(found("🙂 ok", "fine 🙂 OK"));
        assert!(found("aab", "aaab"));
        assert!(!found("millers", "Miller & Sons"));
        assert!(!found("x", ""));
    }
}
