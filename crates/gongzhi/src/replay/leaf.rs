//! The papers of the demo: one leaf of PDF that says what it stands for, so that whoever reads it sees a page.

/// Shifts of the lines, from the bottom of an A4 leaf, in points.
const FIRST_LINE: u32 = 720;
const NEXT_LINE: u32 = 680;

/// A leaf that says `title`, marked as a sample.
pub(super) fn pdf(title: &str) -> Vec<u8> {
    let text = format!(
        "BT /F1 22 Tf 72 {FIRST_LINE} Td <{}> Tj ET\nBT /F1 14 Tf 72 {NEXT_LINE} Td <{}> Tj ET\n",
        hex(title),
        hex("示例材料，内容为虚构。Sample, invented."),
    );
    let parts = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H \
         /DescendantFonts [6 0 R] >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] \
         /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
            .to_owned(),
    ];
    let (mut file, mut places) = (String::from("%PDF-1.4\n"), Vec::new());
    for (at, part) in parts.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{part}\nendobj\n", at + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", parts.len() + 1));
    for place in &places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    let count = parts.len() + 1;
    file.push_str(&format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    file.into_bytes()
}

fn hex(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}
