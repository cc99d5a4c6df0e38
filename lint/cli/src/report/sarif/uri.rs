//! Files as URIs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::model::ArtifactLocation;

/// The name of the repository's root, as GitHub and CodeQL have it.
pub(super) const ROOT: &str = "%SRCROOT%";

/// What a path cannot hold as it is: all but RFC 3986's unreserved characters and the separator.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// A file by its path from the repository's root, or by its absolute path.
pub(super) fn artifact(path: &str) -> ArtifactLocation {
    match absolute(path) {
        Some(uri) => ArtifactLocation {
            uri,
            uri_base_id: None,
        },
        None => ArtifactLocation {
            uri: encoded(path),
            uri_base_id: Some(ROOT),
        },
    }
}

/// A folder, which its URI must say by its end.
pub(super) fn folder(path: &str) -> ArtifactLocation {
    let path = path.trim_end_matches('/');
    ArtifactLocation {
        uri: absolute(&format!("{path}/")).unwrap_or_else(|| encoded(path)),
        uri_base_id: None,
    }
}

/// The URI of an absolute path: `/home/x`, or Windows' `C:/x` and `//server/share`.
fn absolute(path: &str) -> Option<String> {
    if let Some(share) = path.strip_prefix("//") {
        return Some(format!("file://{}", encoded(share)));
    }
    if path.starts_with('/') {
        return Some(format!("file://{}", encoded(path)));
    }
    let (drive, rest) = path.split_at_checked(2)?;
    let letter = drive.strip_suffix(':')?;
    let is_drive = letter.chars().all(|c| c.is_ascii_alphabetic()) && rest.starts_with('/');
    is_drive.then(|| format!("file:///{drive}{}", encoded(rest)))
}

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::{artifact, folder};

    #[test]
    fn paths_of_all_systems_are_uris() {
        for (path, uri) in [
            ("src/lib.rs", "src/lib.rs"),
            (
                "a b/c#d/e?f/100%/ä:[x].rs",
                "a%20b/c%23d/e%3Ff/100%25/%C3%A4%3A%5Bx%5D.rs",
            ),
            ("/home/a b/x.rs", "file:///home/a%20b/x.rs"),
            ("C:/Users/x y/z.rs", "file:///C:/Users/x%20y/z.rs"),
            ("//server/share/x.rs", "file://server/share/x.rs"),
            ("c:x.rs", "c%3Ax.rs"),
        ] {
            let location = artifact(path);
            assert_eq!(location.uri, uri);
            assert_eq!(location.uri_base_id.is_none(), uri.starts_with("file:"));
        }
        assert_eq!(folder("/").uri, "file:///");
        assert_eq!(folder("/home/x").uri, "file:///home/x/");
    }
}
