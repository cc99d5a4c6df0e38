//! Types as far as the analysis needs them: to find methods, fields and the
//! meaning of values that come from signatures.

use std::rc::Rc;

use super::{DefId, DefKind, Names, Res, ScopeId};
use crate::mir::{Name, PathRef, Ty};
use crate::model;

/// A resolved type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum RTy {
    /// A struct, enum or union of the analysed sources, with its arguments.
    Adt(DefId, Rc<[RTy]>),
    /// A type from elsewhere, by its canonical path, with its arguments.
    Extern(Name, Rc<[RTy]>),
    /// A primitive: `i32`, `bool`, `str`.
    Prim(Name),
    /// A raw socket descriptor, by whatever name.
    Socket,
    /// `&T`, `&mut T`
    Ref(bool, Rc<RTy>),
    /// `*const T`, `*mut T`
    Ptr(Rc<RTy>),
    /// `(A, B)`
    Tuple(Rc<[RTy]>),
    /// `[T; N]`, `[T]`
    Array(Rc<RTy>),
    /// A function pointer or a closure bound, with its result.
    Fn(Rc<RTy>),
    /// `!`
    Never,
    /// A type parameter, or anything not modelled.
    Unknown,
}

/// What methods are found by.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TyKey {
    /// An analysed type.
    Def(DefId),
    /// A type from elsewhere, or a primitive.
    Named(Name),
}

impl RTy {
    /// The key to look methods up by.
    pub fn key(&self) -> Option<TyKey> {
        match self {
            RTy::Adt(id, _) => Some(TyKey::Def(*id)),
            RTy::Extern(name, _) | RTy::Prim(name) => Some(TyKey::Named(name.clone())),
            RTy::Socket => Some(TyKey::Named("usize".into())),
            _ => None,
        }
    }

    /// `T` and `E` of `Result<T, E>`, also through aliases such as `io::Result<T>`.
    pub fn as_result(&self) -> Option<(RTy, RTy)> {
        match self {
            RTy::Extern(path, args) if last(path) == "Result" => Some((
                args.first().cloned().unwrap_or(RTy::Unknown),
                args.get(1).cloned().unwrap_or(RTy::Unknown),
            )),
            _ => None,
        }
    }

    /// `T` of `Option<T>`.
    pub fn as_option(&self) -> Option<RTy> {
        match self {
            RTy::Extern(path, args) if last(path) == "Option" => {
                Some(args.first().cloned().unwrap_or(RTy::Unknown))
            }
            // Optional pointers to functions of extensions.
            RTy::Extern(path, _) if last(path).starts_with("LPFN_") => Some(self.clone()),
            _ => None,
        }
    }

    /// Whether values of it are certainly copied when used by value.
    pub fn is_copy(&self, names: &Names<'_>) -> bool {
        match self {
            RTy::Prim(_) | RTy::Socket | RTy::Ref(false, _) | RTy::Ptr(_) => true,
            RTy::Adt(id, _) => match &names.def(*id).kind {
                DefKind::Adt(adt) => *adt.is_copy.borrow(),
                _ => false,
            },
            RTy::Tuple(items) => items.iter().all(|ty| ty.is_copy(names)),
            RTy::Array(item) => item.is_copy(names),
            RTy::Extern(path, args)
                if path.starts_with("std::") && matches!(last(path), "Option" | "Result") =>
            {
                !args.is_empty() && args.iter().all(|arg| arg.is_copy(names))
            }
            // The bindings' own structs and handles.
            RTy::Extern(path, _) => {
                let root = path.split("::").next().unwrap_or(path);
                root != "?"
                    && model::binding_abi(root).is_some()
                    && !matches!(
                        last(path),
                        "Owned" | "Result" | "Error" | "HSTRING" | "BSTR" | "Param"
                    )
            }
            _ => false,
        }
    }

    /// Replaces parameters: used for aliases only, where `Unknown` stands for them.
    fn extern_path(name: &str, args: Vec<RTy>) -> RTy {
        match model::type_class(name) {
            Some(model::TypeClass::Socket) => RTy::Socket,
            _ => RTy::Extern(name.into(), args.into()),
        }
    }
}

/// The last segment of a canonical path.
pub fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// The primitive types that are named.
pub(super) const PRIMITIVES: &[&str] = &[
    "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32",
    "f64", "bool", "char", "str",
];

impl Names<'_> {
    /// What a type, as written, is.
    pub fn resolve_ty(&self, ty: &Ty) -> RTy {
        self.resolve_ty_with(ty, &[], 0)
    }

    /// Like [`resolve_ty`](Self::resolve_ty), with known type parameters.
    pub fn resolve_ty_with(&self, ty: &Ty, params: &[(Name, RTy)], depth: usize) -> RTy {
        if depth > 32 {
            return RTy::Unknown;
        }
        let sub = |ty: &Ty| self.resolve_ty_with(ty, params, depth + 1);
        match ty {
            Ty::Path(path) => self.resolve_ty_path(path, params, depth),
            Ty::Ref(mutable, to) => RTy::Ref(*mutable, Rc::new(sub(to))),
            Ty::Ptr(_, to) => RTy::Ptr(Rc::new(sub(to))),
            Ty::Tuple(items) => RTy::Tuple(items.iter().map(sub).collect()),
            Ty::Array(item) => RTy::Array(Rc::new(sub(item))),
            Ty::Fn(_, ret) => RTy::Fn(Rc::new(sub(ret))),
            Ty::Never => RTy::Never,
            Ty::Bounds(bounds) => self.contracted_trait(bounds),
            Ty::Infer => RTy::Unknown,
        }
    }

    /// `dyn Trait` or `impl Trait` of a trait whose author states what its methods do: the trait stands for the
    /// type, of which no more is known.
    fn contracted_trait(&self, bounds: &[PathRef]) -> RTy {
        let traits = bounds
            .iter()
            .filter_map(|bound| match self.resolve_type(bound) {
                Res::Def(id) => Some(id),
                _ => None,
            });
        let contracted = |id: &DefId| match &self.def(*id).kind {
            DefKind::Trait { methods } => methods.borrow().values().any(
                |method| matches!(&self.def(*method).kind, DefKind::Fn(f) if f.contract.is_some()),
            ),
            _ => false,
        };
        let mut traits = traits.filter(contracted);
        match traits.next() {
            Some(id) => RTy::Adt(id, Rc::from([])),
            None => RTy::Unknown,
        }
    }

    fn resolve_ty_path(&self, path: &PathRef, params: &[(Name, RTy)], depth: usize) -> RTy {
        if path.qself.is_some() {
            return RTy::Unknown;
        }
        if path.segments.len() == 1 && !path.global {
            let name = path.last();
            if let Some((_, ty)) = params.iter().find(|(param, _)| param == name) {
                return ty.clone();
            }
        }
        let args = || -> Vec<RTy> {
            let segment = &path.segments[path.segments.len() - 1];
            segment
                .args
                .iter()
                .map(|ty| self.resolve_ty_with(ty, params, depth + 1))
                .collect()
        };
        match self.resolve_type(path) {
            Res::Def(id) => {
                let def = self.def(id);
                match &def.kind {
                    DefKind::Adt(_) => RTy::Adt(id, args().into()),
                    DefKind::Alias { generics, ty } => {
                        if matches!(&*def.name, "SOCKET" | "RawSocket") {
                            return RTy::Socket;
                        }
                        // An own name for the type of an extension's function.
                        if matches!(ty, Ty::Fn(..))
                            && let Some(pointer) = model::extension_pointer(&def.name)
                        {
                            return RTy::Extern(pointer.into(), Rc::from([]));
                        }
                        let bound: Vec<(Name, RTy)> = generics
                            .iter()
                            .cloned()
                            .zip(args().into_iter().chain(std::iter::repeat(RTy::Unknown)))
                            .collect();
                        self.resolve_ty_with(ty, &bound, depth + 1)
                    }
                    _ => RTy::Unknown,
                }
            }
            Res::SelfTy(scope) => self.self_type(scope, depth + 1),
            Res::Extern(name) => RTy::extern_path(&name, args()),
            Res::Unresolved if path.segments.len() == 1 => {
                let name = path.last();
                if PRIMITIVES.contains(&&**name) {
                    RTy::Prim(name.clone())
                } else {
                    RTy::Unknown
                }
            }
            Res::Unresolved | Res::Param => RTy::Unknown,
        }
    }

    /// What `Self` is in a scope.
    pub fn self_type(&self, scope: ScopeId, depth: usize) -> RTy {
        match &self.scope(scope).self_ty {
            Some(ty) => self.resolve_ty_with(ty, &[], depth),
            None => RTy::Unknown,
        }
    }

    /// The type of a field of an analysed type, with the type's arguments filled in.
    pub fn field_ty(&self, field: &Ty, generics: &[Name], args: &[RTy]) -> RTy {
        let bound: Vec<(Name, RTy)> = generics.iter().cloned().zip(args.iter().cloned()).collect();
        self.resolve_ty_with(field, &bound, 0)
    }
}
