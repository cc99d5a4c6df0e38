//! Which features of a package are on.

use std::collections::BTreeSet;

use cargo_metadata::Package;

use crate::config::Features;

/// The features of a package for which `asked` are asked.
pub(crate) fn enabled(package: &Package, asked: &Features) -> BTreeSet<String> {
    if asked.all {
        return package.features.keys().cloned().collect();
    }
    let mut wanted: Vec<&str> = Vec::new();
    if !asked.no_default {
        wanted.push("default");
    }
    for feature in asked.named.iter().flat_map(|list| list.split([',', ' '])) {
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
