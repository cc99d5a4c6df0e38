//! The JSON schema of a configuration, made from the types that it is read into. `UPDATE=1 cargo test -p
//! cargo-socklint` writes `socklint.schema.json`.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use socklint_analysis::rules::{self, Group};

use super::file::File;
use super::values::{FunctionPath, Glob, Name, OneOrMany, Reason, RuleName, Triple, rule_names};
use crate::remarks;

/// Nothing of ASCII but letters, digits and `_`; no two dialects of patterns agree on what a letter is beyond it.
const IDENTIFIER: &str =
    r"[^\x00-\x40\x5B-\x5E\x60\x7B-\x7F][^\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\x7F]*";

/// Every name with what it stands for.
fn described(name: &str) -> String {
    if let Some(rule) = rules::by_name(name) {
        return rule.summary.to_owned();
    }
    if let Some(group) = Group::ALL.into_iter().find(|group| group.name() == name) {
        let rules = rules::ALL.iter().filter(|rule| rule.group == group);
        let names: Vec<&str> = rules.map(|rule| rule.name).collect();
        return format!("all of {}", names.join(", "));
    }
    let remark = remarks::by_name(name).map(|remark| remark.summary);
    remark
        .unwrap_or("whatever is at warn in the end")
        .to_owned()
}

macro_rules! schemas {
    ($($type:ty: $name:literal = $schema:expr;)*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

schemas! {
    Name: "Name" = {
        let names: Vec<&str> = rule_names().chain(crate::levels::others()).collect();
        json_schema!({"type": "string", "enum": names})
    };
    RuleName: "Rule" = {
        let names: Vec<&str> = rule_names().collect();
        json_schema!({"type": "string", "enum": names})
    };
    Reason: "Reason" = json_schema!({"type": "string", "pattern": "\\S"});
    FunctionPath: "FunctionPath" = json_schema!({
        "type": "string",
        "pattern": format!("^{IDENTIFIER}(::{IDENTIFIER})+$"),
    });
    Triple: "Triple" = json_schema!({"type": "string", "pattern": "^[^-]+-.+$"});
    Glob: "Glob" = json_schema!({
        "type": "string",
        "minLength": 1,
        "not": {"pattern": "^/|^.:|\\\\|(^|/)\\.\\.(/|$)|^\\./?$"},
    });
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({"anyOf": [one, {"type": "array", "items": one}]})
    }
}

/// `rules` with each name that it may have, so that an editor can offer them.
fn rules_by_name(_: &mut SchemaGenerator) -> Schema {
    let names = rule_names().chain(crate::levels::others());
    let properties: Map<String, Value> = names
        .map(|name| {
            let setting = json!({"$ref": "#/$defs/Setting", "description": described(name)});
            (name.to_owned(), setting)
        })
        .collect();
    json_schema!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// The schema as it is written.
fn schema() -> String {
    let mut generator = SchemaGenerator::default();
    let _ = generator.subschema_for::<super::file::Setting>();
    let rules = rules_by_name(&mut generator);
    let mut schema = generator.into_root_schema_for::<File>();
    let of_rules = schema
        .pointer_mut("/properties/rules")
        .and_then(Value::as_object_mut);
    let of_rules = of_rules.expect("the rules are among the properties");
    of_rules.retain(|key, _| key == "description" || key == "default");
    of_rules.extend(rules.as_object().cloned().unwrap_or_default());
    let mut schema = serde_json::to_value(schema).expect("a schema is JSON");
    simplify(&mut schema);
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    format!("{text}\n")
}

/// TOML has no null: what may be left out is left out. Texts have no line breaks.
fn simplify(schema: &mut Value) {
    let is_null = |schema: &Value| *schema == json!("null") || *schema == json!({"type": "null"});
    match schema {
        Value::Object(object) => {
            object.retain(|key, value| key != "default" || !value.is_null());
            for key in ["type", "anyOf"] {
                if let Some(Value::Array(all)) = object.get_mut(key) {
                    all.retain(|one| !is_null(one));
                    if let ("type", [one]) = (key, all.as_slice()) {
                        let one = one.clone();
                        object.insert(key.to_owned(), one);
                    }
                }
            }
            if let Some(Value::Array(all)) = object.get("anyOf")
                && let [Value::Object(one)] = all.as_slice()
            {
                let one = one.clone();
                object.remove("anyOf");
                object.extend(one);
            }
            if let Some(Value::String(text)) = object.get_mut("description") {
                *text = text.replace('\n', " ");
            }
            object.values_mut().for_each(simplify);
        }
        Value::Array(all) => all.iter_mut().for_each(simplify),
        _ => {}
    }
}

#[test]
fn the_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("socklint.schema.json");
    let schema = schema();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &schema).expect("the schema is written");
    }
    assert_eq!(
        fs::read_to_string(&path).ok().as_deref(),
        Some(schema.as_str()),
        "`UPDATE=1 cargo test -p cargo-socklint` writes it"
    );
}
