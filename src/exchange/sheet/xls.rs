//! .xls of Excel 97 to 2003 (BIFF8, [MS-XLS]): the records that hold cells; all others are passed over.

use super::super::gate::GateFault;
use super::Gathered;
use super::format::Formats;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const BIFF8: u16 = 0x0600;

pub(super) fn read(stream: &[u8]) -> Result<Gathered, GateFault> {
    let globals = Globals::read(stream)?;
    let mut gathered = Gathered::default();
    for (start, name) in &globals.sheets {
        let stream =
            usize::try_from(*start).ok().and_then(|start| stream.get(start..)).ok_or(GateFault::DamagedSheet)?;
        gathered.sheet(name.clone())?;
        read_sheet(stream, &globals, &mut gathered)?;
    }
    Ok(gathered)
}

/// A record's kind and content; a record cut short ends the stream.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let mut data = Data(self.0);
        let (kind, length) = (data.u16()?, data.u16()?);
        let content = data.take(length.into())?;
        self.0 = data.0;
        Some((kind, content))
    }
}

/// Numbers at the head of a slice, taken one by one.
struct Data<'a>(&'a [u8]);

impl<'a> Data<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.first_chunk().copied()
    }

    fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    /// A string of a known number of characters after its flags.
    fn text(&mut self, characters: usize) -> Option<String> {
        let wide = self.u8()? & 1 == 1;
        let bytes = self.take(if wide { characters * 2 } else { characters })?;
        Some(decode(bytes, wide))
    }
}

/// Without the upper bytes, which are 0, when not wide.
fn decode(bytes: &[u8], wide: bool) -> String {
    let units: Vec<u16> = if wide {
        bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect()
    } else {
        bytes.iter().copied().map(u16::from).collect()
    };
    String::from_utf16_lossy(&units)
}

/// What stands before the sheets.
#[derive(Default)]
struct Globals {
    /// Start in the stream, and name.
    sheets: Vec<(u32, String)>,
    strings: Vec<String>,
    formats: Formats,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, GateFault> {
        let mut globals = Self::default();
        let mut records = Records(stream).peekable();
        let first = records.next().and_then(|(kind, content)| Some((kind, Data(content).u16()?)));
        match first {
            Some((BOF, BIFF8)) => {}
            Some((BOF, _)) => return Err(GateFault::OldSheet),
            _ => return Err(GateFault::DamagedSheet),
        }
        while let Some((kind, content)) = records.next() {
            match kind {
                EOF => return Ok(globals),
                // FilePass: the rest is encrypted.
                0x002F => return Err(GateFault::OfficeLocked),
                // SST, with what goes on in the records after it.
                0x00FC => {
                    let mut parts = vec![content];
                    while let Some((_, part)) = records.next_if(|(kind, _)| *kind == CONTINUE) {
                        parts.push(part);
                    }
                    globals.strings = Strings { parts, part: 0, at: 0 }.read().ok_or(GateFault::DamagedSheet)?;
                }
                _ => globals.record(kind, content).ok_or(GateFault::DamagedSheet)?,
            }
        }
        Err(GateFault::DamagedSheet)
    }

    fn record(&mut self, kind: u16, content: &[u8]) -> Option<()> {
        let mut data = Data(content);
        match kind {
            // BoundSheet8
            0x0085 => {
                let (start, _visibility, kind) = (data.u32()?, data.u8()?, data.u8()?);
                let characters = data.u8()?.into();
                // 0 is a worksheet; others are charts and macros.
                if kind == 0 {
                    self.sheets.push((start, data.text(characters)?));
                }
            }
            // Date1904
            0x0022 => self.formats.from_1904 = data.u16()? == 1,
            // Format
            0x041E => {
                let (id, characters) = (data.u16()?, data.u16()?.into());
                self.formats.codes.insert(id.into(), data.text(characters)?);
            }
            // XF
            0x00E0 => {
                let (_font, format) = (data.u16()?, data.u16()?);
                self.formats.styles.push(format.into());
            }
            _ => {}
        }
        Some(())
    }
}

/// The shared strings: one table over several records. Characters that go on in the next record begin there with flags
/// of their own.
struct Strings<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl Strings<'_> {
    fn read(mut self) -> Option<Vec<String>> {
        let _uses = self.number(4)?;
        let count = self.number(4)?;
        let mut strings = Vec::new();
        for _ in 0..count {
            let characters = self.number(2)?;
            let flags = self.number(1)?;
            let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
            let extra = if flags & 4 != 0 { self.number(4)? } else { 0 };
            strings.push(self.characters(characters, flags & 1 == 1)?);
            self.skip(runs.checked_mul(4)?.checked_add(extra)?)?;
        }
        Some(strings)
    }

    /// What is left of the record that is being read; goes on to the next one at its end.
    fn rest(&mut self) -> Option<&[u8]> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        self.parts.get(self.part)?.get(self.at..)
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        let mut number = 0;
        for place in 0..bytes {
            let byte = *self.rest()?.first()?;
            self.at += 1;
            number |= usize::from(byte) << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let step = self.rest()?.len().min(bytes);
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    fn characters(&mut self, mut count: usize, mut wide: bool) -> Option<String> {
        let mut text = String::new();
        let mut part = self.part;
        while count > 0 {
            self.rest()?;
            if self.part != part {
                part = self.part;
                wide = self.number(1)? & 1 == 1;
            }
            let width = if wide { 2 } else { 1 };
            let rest = self.rest()?;
            let step = (rest.len() / width).min(count);
            if step == 0 {
                return None;
            }
            text.push_str(&decode(&rest[..step * width], wide));
            self.at += step * width;
            count -= step;
        }
        Some(text)
    }
}

fn read_sheet(stream: &[u8], globals: &Globals, gathered: &mut Gathered) -> Result<(), GateFault> {
    // Charts within the sheet have cells of their own.
    let mut depth = 0;
    let mut formula = (0, 0);
    for (kind, content) in Records(stream) {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => return Ok(()),
            EOF => depth -= 1,
            _ if depth == 1 => read_cell(kind, Data(content), globals, &mut formula, gathered)?,
            _ => {}
        }
    }
    Err(GateFault::DamagedSheet)
}

/// One record; `formula` is the place of a formula whose text comes in the next one.
fn read_cell(
    kind: u16,
    mut data: Data,
    globals: &Globals,
    formula: &mut (usize, usize),
    gathered: &mut Gathered,
) -> Result<(), GateFault> {
    let damaged = GateFault::DamagedSheet;
    let formats = &globals.formats;
    // String: the text of the formula before it.
    if kind == 0x0207 {
        let characters = data.u16().ok_or(damaged)?;
        let text = data.text(characters.into()).unwrap_or_default();
        return gathered.cell(formula.0, formula.1, &text, false);
    }
    // MergeCells
    if kind == 0x00E5 {
        data.u16();
        while let (Some(a), Some(b), Some(c), Some(d)) = (data.u16(), data.u16(), data.u16(), data.u16()) {
            if a <= b && c <= d {
                gathered.merge([a.into(), b.into(), c.into(), d.into()]);
            }
        }
        return Ok(());
    }
    if !matches!(kind, 0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x027E) {
        return Ok(());
    }
    let (Some(row), Some(column)) = (data.u16(), data.u16()) else { return Err(damaged) };
    let (row, mut column) = (usize::from(row), usize::from(column));
    // MulRk: several numbers side by side, then the last column.
    if kind == 0x00BD {
        while data.0.len() >= 6 {
            let (Some(style), Some(number)) = (data.u16(), data.u32()) else { return Err(damaged) };
            gathered.number(row, column, rk(number), style.into(), formats)?;
            column += 1;
        }
        return Ok(());
    }
    let style = data.u16().map(usize::from).unwrap_or_default();
    match kind {
        // LabelSst
        0x00FD => {
            let text = data.u32().and_then(|index| globals.strings.get(usize::try_from(index).ok()?)).ok_or(damaged)?;
            gathered.cell(row, column, text, false)
        }
        0x0203 => gathered.number(row, column, data.f64().ok_or(damaged)?, style, formats),
        0x027E => gathered.number(row, column, rk(data.u32().ok_or(damaged)?), style, formats),
        // Formula: its last value; two bytes FF FF mean that it is none of the numbers.
        0x0006 => {
            let value = data.array::<8>().ok_or(damaged)?;
            *formula = (row, column);
            if value[6..] == [0xFF, 0xFF] {
                Ok(())
            } else {
                gathered.number(row, column, f64::from_le_bytes(value), style, formats)
            }
        }
        // Label, RString
        _ => {
            let text = data.u16().and_then(|characters| data.text(characters.into())).ok_or(damaged)?;
            gathered.cell(row, column, &text, false)
        }
    }
}

/// A packed number: 30 bits of an integer or of the upper half of a float, perhaps to be divided by 100.
fn rk(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
    }

    const BOF: [u8; 4] = [0, 6, 5, 0];

    /// A stream with one sheet of these records.
    fn stream(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
        let name = [&[0, 0, 1, 0][..], b"A"].concat();
        let before = [record(0x0809, &BOF), globals.concat(), record(0x000A, &[])].concat();
        let start = u32::try_from(before.len() + record(0x0085, &[&[0; 4][..], &name].concat()).len()).unwrap();
        let sheet = record(0x0085, &[&start.to_le_bytes()[..], &name].concat());
        let end = before.len() - 4;
        [&before[..end], &sheet, &before[end..], &record(0x0809, &BOF), &cells.concat(), &record(0x000A, &[])].concat()
    }

    #[test]
    fn every_kind_of_cell_is_read() {
        let place = |row: u8, column: u8| vec![row, 0, column, 0, 0, 0];
        let cells = [
            record(0x0203, &[place(0, 0), 1986.11f64.to_le_bytes().to_vec()].concat()),
            record(0x027E, &[place(0, 1), ((198_611u32 << 2) | 2).to_le_bytes().to_vec()].concat()),
            record(0x027E, &[place(0, 2), ((198_611u32 << 2) | 3).to_le_bytes().to_vec()].concat()),
            record(0x00BD, &[1, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 10, 0, 0, 0, 1, 0]),
            record(0x0006, &[place(2, 0), 5f64.to_le_bytes().to_vec(), vec![0; 8]].concat()),
            record(0x0006, &[place(2, 1), vec![0, 0, 0, 0, 0, 0, 0xFF, 0xFF], vec![0; 8]].concat()),
            record(0x0207, &[2, 0, 1, 0x80, 0x62, 0x08, 0x5E]),
            record(0x0204, &[place(3, 0), vec![2, 0, 0, b'a', b'b']].concat()),
            // A chart within the sheet.
            record(0x0809, &BOF),
            record(0x0204, &[place(9, 9), vec![1, 0, 0, b'x']].concat()),
            record(0x000A, &[]),
            record(0x00E5, &[1, 0, 4, 0, 5, 0, 0, 0, 0, 0]),
        ];
        let sheets = read(&stream(&[], &cells)).unwrap().sheets;
        let texts: Vec<(usize, usize, &str)> =
            sheets[0].cells.iter().map(|(&(row, column), cell)| (row, column, cell.text.as_str())).collect();
        let wanted = [
            (0, 0, "1986.11"),
            (0, 1, "198611"),
            (0, 2, "1986.11"),
            (1, 0, "1"),
            (1, 1, "2"),
            (2, 0, "5"),
            (2, 1, "技师"),
            (3, 0, "ab"),
        ];
        assert_eq!(texts, wanted);
        assert_eq!(sheets[0].merged, [[4, 5, 0, 0]]);
    }

    #[test]
    fn a_text_goes_on_in_the_next_record() {
        // Two characters of one byte each, then the rest of the same text with two.
        let globals = [
            record(0x00FC, &[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, b'a', b'b']),
            record(0x003C, &[1, 0x80, 0x62, 0x08, 0x5E]),
        ];
        let cells = [record(0x00FD, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0])];
        let sheets = read(&stream(&globals, &cells)).unwrap().sheets;
        assert_eq!(sheets[0].text(0, 0), "ab技师");
    }

    #[test]
    fn what_is_locked_old_or_damaged_is_refused() {
        let cases = [
            ("locked", stream(&[record(0x002F, &[1, 0])], &[]), "密码"),
            ("Excel 95", record(0x0809, &[0, 5, 5, 0]), "旧格式"),
            ("nothing", vec![], "损坏"),
            ("endless texts", stream(&[record(0x00FC, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])], &[]), "损坏"),
            ("a missing text", stream(&[], &[record(0x00FD, &[0; 10])]), "损坏"),
            ("cut off", stream(&[], &[])[..30].to_vec(), "损坏"),
        ];
        for (case, bytes, wanted) in cases {
            let fault = read(&bytes).expect_err(case).to_string();
            assert!(fault.contains(wanted), "{case}: {fault}");
        }
    }
}
