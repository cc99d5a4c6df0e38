//! Where a crate comes from.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::loose::EDITION;
use super::shown_path;
use crate::modules::normal;

/// What cargo's messages say of a crate.
#[derive(Clone)]
pub(crate) struct Origin {
    /// The package's id.
    pub(crate) package_id: String,
    /// The package's manifest; a loose file stands for its own.
    pub(crate) manifest_path: PathBuf,
    /// The target, as cargo describes it.
    pub(crate) target: Value,
    /// Its name and version, if it is a package from elsewhere: `mio-1.2.5`.
    pub(crate) foreign: Option<String>,
}

impl Origin {
    /// What people call a file of a package from elsewhere. One below the base has a path that says enough.
    pub(super) fn name(&self, path: &Path, base: &Path) -> Option<String> {
        let package = self.foreign.as_ref()?;
        let inner = path.strip_prefix(self.manifest_path.parent()?).ok()?;
        let is_here = normal(path).starts_with(base);
        (!is_here).then(|| format!("{package}/{}", shown_path(inner, base)))
    }

    /// Cargo's messages need a package and a target: a file without a manifest stands for both.
    pub(crate) fn of_file(path: &Path) -> Origin {
        let name = path
            .file_stem()
            .map_or_else(|| "loose".into(), |stem| stem.to_string_lossy());
        Origin {
            package_id: format!("path+file://{}#{name}@0.0.0", path.display()),
            manifest_path: path.to_owned(),
            target: json!({
                "kind": ["bin"],
                "crate_types": ["bin"],
                "name": name,
                "src_path": path.to_string_lossy(),
                "edition": EDITION.to_string(),
                "doc": false,
                "doctest": false,
                "test": false,
            }),
            foreign: None,
        }
    }
}
