//! What a target triple says.

use socklint_analysis::Target;

/// Reads a triple such as `aarch64-pc-windows-msvc`.
pub(crate) fn parse(triple: &str) -> Result<Target, String> {
    let mut parts = triple.split('-');
    let (Some(arch), Some(vendor)) = (parts.next(), parts.next()) else {
        return Err("a target triple is wanted, such as x86_64-pc-windows-msvc".to_owned());
    };
    let rest: Vec<&str> = parts.collect();
    // `aarch64-linux-android` and `wasm32-wasip1` leave the vendor out.
    let (os, env) = match rest.as_slice() {
        [] => (vendor, ""),
        [env] if matches!(vendor, "linux" | "none") => (vendor, *env),
        [os] => (*os, ""),
        [os, env, ..] => (*os, *env),
    };
    let os = match (os, env) {
        ("darwin", _) => "macos",
        (_, "android" | "androideabi") => "android",
        (os, _) => os,
    };
    let arch = match arch {
        "i386" | "i586" | "i686" => "x86",
        "arm64ec" => "arm64ec",
        arch if arch.starts_with("arm") || arch.starts_with("thumb") => "arm",
        arch if arch.starts_with("riscv64") => "riscv64",
        arch if arch.starts_with("riscv32") => "riscv32",
        "powerpc64le" => "powerpc64",
        arch => arch,
    };
    let family = match os {
        "windows" => "windows",
        "none" | "uefi" | "unknown" | "cuda" => "",
        os if os.starts_with("wasi") => "wasm",
        _ => "unix",
    };
    let env = match env {
        "gnullvm" => "gnu",
        env if env.starts_with("gnu") => "gnu",
        env if env.starts_with("musl") => "musl",
        env if env.starts_with("android") => "",
        env => env,
    };
    let wide = arch.contains("64") || matches!(arch, "s390x");
    Ok(Target {
        arch: arch.to_owned(),
        os: os.to_owned(),
        env: env.to_owned(),
        family: family.to_owned(),
        pointer_width: if wide { 64 } else { 32 },
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn facts(triple: &str) -> (String, String, String, String, u8) {
        let target = parse(triple).expect("a triple");
        let family = target.family;
        (
            target.arch,
            target.os,
            target.env,
            family,
            target.pointer_width,
        )
    }

    #[test]
    fn triples() {
        for (triple, arch, os, env, family, width) in [
            (
                "x86_64-pc-windows-msvc",
                "x86_64",
                "windows",
                "msvc",
                "windows",
                64,
            ),
            (
                "i686-pc-windows-gnu",
                "x86",
                "windows",
                "gnu",
                "windows",
                32,
            ),
            (
                "aarch64-pc-windows-gnullvm",
                "aarch64",
                "windows",
                "gnu",
                "windows",
                64,
            ),
            (
                "i686-win7-windows-msvc",
                "x86",
                "windows",
                "msvc",
                "windows",
                32,
            ),
            (
                "x86_64-unknown-linux-musl",
                "x86_64",
                "linux",
                "musl",
                "unix",
                64,
            ),
            (
                "aarch64-linux-android",
                "aarch64",
                "android",
                "",
                "unix",
                64,
            ),
            (
                "armv7-unknown-linux-gnueabihf",
                "arm",
                "linux",
                "gnu",
                "unix",
                32,
            ),
            ("aarch64-apple-darwin", "aarch64", "macos", "", "unix", 64),
        ] {
            let wanted = (arch.into(), os.into(), env.into(), family.into(), width);
            assert_eq!(facts(triple), wanted, "{triple}");
        }
        assert!(parse("windows").is_err());
    }
}
