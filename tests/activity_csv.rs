//! The CSV: out, and back to the same rows to the last byte.

mod activity_support;

use activity_support::empty;
use activity_support::rows::{Own, all};
use nivella_credits::core::activity::{Activity, Filter, Row, View};
use nivella_credits::core::{Credits, EntryKind, Instant};
use nivella_credits::wire::activity_csv::CsvReader;
use nivella_credits::wire::activity_export::CsvWriter;
use nivella_credits::{Code, Result};
use proptest::prelude::*;

fn with(rows: &[Row<'_>]) -> Activity {
    let mut activity = empty();
    rows.iter().for_each(|row| assert_eq!(activity.add_row(row), Ok(true), "{row:?}"));
    activity
}

fn export(activity: &Activity, filter: Filter, rows: usize) -> String {
    let mut view = View::new(filter, "");
    while !view.advance(activity, 1_000) {}
    let (mut writer, mut out) = (CsvWriter::new(), Vec::new());
    while !writer.next(activity, &view, rows, &mut out) {}
    String::from_utf8(out).unwrap()
}

fn import(bytes: &[u8], chunk: usize) -> (Activity, Result<u64>) {
    let (mut activity, mut reader) = (empty(), CsvReader::new());
    for chunk in bytes.chunks(chunk) {
        if let Err(error) = reader.feed(&mut activity, chunk) {
            return (activity, Err(error));
        }
    }
    let added = reader.finish(&mut activity).map(|added| added.added);
    (activity, added)
}

/// Every row that the log has, newest first.
fn rows_of(activity: &Activity) -> Vec<Own> {
    let mut view = View::new(Filter::all(), "");
    while !view.advance(activity, usize::MAX) {}
    (0..view.len()).map(|n| Own::of(&view.row(activity, n).unwrap())).collect()
}

#[test]
fn a_row_is_written_as_the_export_says() {
    let row = Row {
        seq: 7,
        kind: EntryKind::Use,
        keys: ["chat", "chat_reply", "standard", "message", "shop", "Müller, \"Söhne\""],
        occurred_at: Instant::parse("2026-11-21T14:34:00Z").unwrap(),
        booked_at: Instant::parse("2026-11-21T14:34:01.005Z").unwrap(),
        amount: Credits::parse_signed("-1.2").unwrap(),
        credits: Credits::parse("1.2").unwrap(),
        waived: Credits::ZERO,
        messages: 1,
        call_ms: 61_050,
        images: 0,
        rate_version: Some(4),
        reason: "=1+1",
        details: "two\r\nlines 🙂 \u{202e}abc",
    };
    let expected = "seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,credits,\
        amount,waived,messages,call_seconds,images,rate_version,reason,details\r\n\
        7,2026-11-21T15:34:00+01:00,2026-11-21T15:34:01.005+01:00,use,message,chat,chat_reply,\
        standard,shop,\"Müller, \"\"Söhne\"\"\",1.2,-1.2,0,1,61.05,0,4,'=1+1,\
        \"two\r\nlines 🙂 \u{202e}abc\"\r\n";
    assert_eq!(export(&with(&[row]), Filter::all(), 1), expected);
}

#[test]
fn a_year_comes_back_row_by_row_whatever_the_chunks() {
    let owned = all(5_000, 3);
    let rows: Vec<Row<'_>> = owned.iter().map(Own::row).collect();
    let activity = with(&rows);
    let text = export(&activity, Filter::all(), 700);
    assert_eq!(text, export(&activity, Filter::all(), usize::MAX), "slices do not show");
    for chunk in [7, 4_096, usize::MAX] {
        let (again, added) = import(text.as_bytes(), chunk);
        assert_eq!(added, Ok(5_000));
        assert_eq!(rows_of(&again), owned.iter().rev().cloned().collect::<Vec<_>>());
    }
    let week = Filter::days(20_700, 20_706);
    let (some, added) = import(export(&activity, week.clone(), 100).as_bytes(), 999);
    assert_eq!(some.summary(&week).unwrap().total, activity.summary(&week).unwrap().total);
    assert!(added.unwrap() < 200, "only the days of the filter");
}

#[test]
fn both_hours_of_the_night_when_clocks_go_back_come_back() {
    let mut rows = Vec::new();
    let owned = all(4, 1);
    for (own, at) in owned.iter().zip([
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z",
        "2026-03-29T00:59:59.999Z",
        "2026-03-29T01:00:00Z",
    ]) {
        let at = Instant::parse(at).unwrap();
        rows.push(Row { occurred_at: at, booked_at: at, ..own.row() });
    }
    let text = export(&with(&rows), Filter::all(), 1);
    for written in ["02:30:00+02:00", "02:30:00+01:00", "01:59:59.999+01:00", "03:00:00+02:00"] {
        assert!(text.contains(written), "{written} in {text}");
    }
    let (again, _) = import(text.as_bytes(), 64);
    let read: Vec<Own> = rows_of(&again);
    assert_eq!(read, rows.iter().rev().map(Own::of).collect::<Vec<_>>());
}

/// The cells of each record, by the letter of RFC 4180.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if !quoted => quoted = true,
            '"' if letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = false,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'), "lines end in CR and LF");
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            _ => cell.push(letter),
        }
    }
    assert!(record.is_empty() && cell.is_empty() && !quoted, "the last line ends too");
    records
}

/// Letters that CSV, spreadsheets and writing directions make trouble of.
fn nasty() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        '=', '+', '-', '@', '\t', '\r', '\n', '\'', '"', ',', ';', ' ', 'a', '7', ':', '\0', 'é',
        '🙂', '\u{202e}', '\u{200f}', '\u{feff}', '\u{1}', '｝',
    ]);
    prop::collection::vec(letters, 0..12).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_and_none_can_be_a_formula(
        texts in prop::collection::vec((nasty(), nasty(), nasty()), 1..20), chunk in 1_usize..80,
    ) {
        let owned = all(texts.len() as u64, 9);
        let mut rows: Vec<Row<'_>> = owned.iter().map(Own::row).collect();
        for (row, (company, reason, details)) in rows.iter_mut().zip(&texts) {
            (row.keys[5], row.reason, row.details) = (company, reason, details);
        }
        let text = export(&with(&rows), Filter::all(), 5);
        let (again, added) = import(text.as_bytes(), chunk);
        prop_assert_eq!(added, Ok(rows.len() as u64));
        prop_assert_eq!(rows_of(&again), rows.iter().rev().map(Own::of).collect::<Vec<_>>());
        for record in cells(&text) {
            prop_assert_eq!(record.len(), 19);
            for (column, cell) in record.iter().enumerate().filter(|(column, _)| *column != 11) {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                prop_assert!(!formula, "{} in column {}", cell, column);
                for part in cell.split([';', '\t', '\r', '\n']).skip(1) {
                    let formula = part.starts_with(['=', '+', '-', '@']);
                    prop_assert!(!formula, "{} within {} of column {}", part, cell, column);
                }
            }
        }
    }

    #[test]
    fn a_changed_byte_never_adds_what_was_not_there_unseen(
        seed in 0_u64..1 << 30, at in 0.0..1.0_f64, byte in any::<u8>(),
    ) {
        let owned = all(30, seed);
        let rows: Vec<Row<'_>> = owned.iter().map(Own::row).collect();
        let mut bytes = export(&with(&rows), Filter::all(), 10).into_bytes();
        let at = (at * bytes.len() as f64) as usize;
        bytes[at] = byte;
        let (again, added) = import(&bytes, 50);
        let Ok(added) = added else { return Ok(()) };
        let refused = again.refused().total();
        // A quote may join records into one that is still a row: then its text shows them.
        let joined = rows_of(&again).iter().any(|own| own.details.contains('\n'));
        prop_assert!(added <= 30 && (added == 30 || refused > 0 || joined));
    }
}

#[test]
fn hostile_files_are_refused_and_counted() {
    let header = export(&empty(), Filter::all(), 1);
    assert_eq!(import(b"", 9).1.unwrap_err().code, Code::SnapshotInvalid);
    assert_eq!(import(b"a,b\r\n1,2\r\n", 9).1.unwrap_err().code, Code::SnapshotInvalid);
    assert_eq!(import(format!("\u{feff}{header}").as_bytes(), 2).1, Ok(0), "a byte order mark");
    let line = "1,2026-11-21T15:34:00+01:00,2026-11-21T15:34:00+01:00,use,message,a,f,m,s,c,\
        CREDITS,-1,0,1,0,0,4,,";
    let row = |credits: &str| line.replace("CREDITS", credits);
    let huge = row("1") + &"x".repeat(400_000);
    let many = row("1") + &",".repeat(3_000);
    for (record, code) in [
        (row("-1"), Code::AmountInvalid),
        (row("1e9"), Code::AmountInvalid),
        (row("9999999999999"), Code::AmountOutOfRange),
        (row("1").replacen('1', "0", 1), Code::FieldInvalid),
        (row("1").replacen('1', "99999999999", 1), Code::FieldInvalid),
        (row("1").replacen("2026", "2027", 1), Code::OccurredAtOutOfRange),
        (row("1").replacen("2026", "1926", 1), Code::OccurredAtOutOfRange),
        (row("1").replacen("T15", "T25", 1), Code::TimeInvalid),
        (row("1").replacen("use", "gift", 1), Code::FieldInvalid),
        (row("1").replace(",1,0,0,4", ",1,0.0001,0,4"), Code::QuantityInvalid),
        (row("1").replace(",1,0,0,4", ",1000000001,0,0,4"), Code::QuantityInvalid),
        (row("1").replace(",4,,", ",4,"), Code::SnapshotInvalid),
        (huge, Code::SnapshotTooLarge),
        (many, Code::SnapshotTooLarge),
        ("\"never closed".to_owned(), Code::SnapshotInvalid),
    ] {
        let shown: String = record.chars().take(90).collect();
        let (activity, added) = import(format!("{header}{record}\r\n").as_bytes(), 1_000);
        assert_eq!((added, activity.len()), (Ok(0), 0), "{shown}");
        assert_eq!(activity.refused().counts(), [(code, 1)], "{shown}");
        assert_eq!(activity.refused().first().map(|(line, _)| line), Some(2), "{shown}");
        // The next record is read as ever, unless the quote has swallowed it.
        if !record.starts_with('"') {
            let text = format!("{header}{record}\r\n{}\r\n", row("1"));
            assert_eq!(import(text.as_bytes(), 1_000).1, Ok(1), "{shown}");
        }
    }
    let mut broken = format!("{header}{}", row("1")).into_bytes();
    broken.push(0xFF);
    assert_eq!(import(&broken, 10).0.refused().counts(), [(Code::SnapshotInvalid, 1)]);
}

#[test]
fn a_zone_with_seconds_in_its_offset_is_written_in_utc() {
    let zone = nivella_credits::core::Zone::new(3_208, Vec::new()).unwrap();
    let mut activity = Activity::new(zone, activity_support::as_of());
    let owned = all(1, 1);
    activity.add_row(&owned[0].row()).unwrap();
    let text = export(&activity, Filter::all(), 1);
    assert!(text.lines().nth(1).unwrap().contains("+00:00,"), "{text}");
    let (again, _) = import(text.as_bytes(), 10);
    assert_eq!(rows_of(&again), owned);
}
