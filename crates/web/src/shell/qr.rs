//! QR codes as SVG, drawn here: one path, no script, no file.

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// Light modules around the code, as readers need them.
const QUIET: usize = 4;

/// An SVG of the code for `text`, named `label` for those who do not see it. Empty when the text is longer
/// than any code holds.
pub fn svg(text: &str, label: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::Q) else { return String::new() };
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().iter().enumerate() {
        if *color == Color::Dark {
            let (x, y) = (at % width + QUIET, at / width + QUIET);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    let side = width + 2 * QUIET;
    let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    format!(
        "<svg class=\"app-qr\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn a_code_is_one_path_with_a_quiet_zone_and_a_name() {
        let drawn = svg("https://example.cn/verify/7K3F-9QXT-2M4P", "扫码\"验证\"");
        assert!(drawn.contains("aria-label=\"扫码&quot;验证&quot;\""));
        assert!(drawn.contains("M4 4h1v1h-1z"), "the finder pattern starts after the quiet zone");
        assert!(!drawn.contains("M3 "), "the quiet zone stays light");
        assert_eq!(svg(&"x".repeat(10_000), "x"), "");
    }
}
