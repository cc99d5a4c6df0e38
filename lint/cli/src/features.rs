//! Which features of a package are on.

use std::collections::BTreeSet;

use cargo_metadata::Package;

use crate::args::CheckArgs;

/// The features of a package that is checked with `args`.
pub(crate) fn enabled(package: &Package, args: &CheckArgs) -> BTreeSet<String> {
    if args.all_features {
        return package.features.keys().cloned().collect();
    }
    let mut wanted: Vec<&str> = Vec::new();
    if !args.no_default_features {
        wanted.push("default");
    }
    for feature in args.features.iter().flat_map(|list| list.split([',', ' '])) {
        match feature.split_once('/') {
            Some((name, feature)) if name == package.name.as_str() => wanted.push(feature),
            Some(_) => {}
            None => wanted.push(feature),
        }
    }
    let mut enabled = BTreeSet::new();
    while let Some(feature) = wanted.pop() {
        if let Some(implied) = package.features.get(feature)
            && enabled.insert(feature.to_owned())
        {
            // `dep:name` and `name?/feature` turn on no feature of this package;
            // `name/feature` also turns on `name`, where that is one.
            wanted.extend(
                implied
                    .iter()
                    .filter_map(|implied| match implied.split_once('/') {
                        Some((name, _)) => (!name.ends_with('?')).then_some(name),
                        None => Some(implied.as_str()),
                    }),
            );
        }
    }
    enabled
}
