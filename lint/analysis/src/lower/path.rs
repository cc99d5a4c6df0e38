//! Paths and types as written.

use syn::ext::IdentExt as _;

use super::position::{path_end, path_start};
use super::{Expanded, LowerCx, Position};
use crate::mir::{Name, PathRef, ScopeId, Segment, Ty};

/// The identifier's name, without `r#`.
pub(super) fn name_of(ident: &syn::Ident) -> Name {
    Name::from(ident.unraw().to_string())
}

/// The name of a field: an identifier or a tuple index.
pub(super) fn member_name(member: &syn::Member) -> Name {
    match member {
        syn::Member::Named(ident) => name_of(ident),
        syn::Member::Unnamed(index) => Name::from(index.index.to_string()),
    }
}

pub(super) fn lower_path(
    cx: &dyn LowerCx,
    scope: ScopeId,
    qself: Option<&syn::QSelf>,
    path: &syn::Path,
) -> PathRef {
    let segments = path
        .segments
        .iter()
        .map(|segment| Segment {
            name: name_of(&segment.ident),
            args: lower_path_arguments(cx, scope, &segment.arguments),
        })
        .collect();
    PathRef {
        qself: qself.map(|qself| Box::new(lower_ty(cx, scope, &qself.ty))),
        qself_position: qself.map_or(0, |qself| qself.position),
        global: path.leading_colon.is_some(),
        segments,
        scope,
        span: cx.span(path_start(qself, path)).to(cx.span(path_end(path))),
    }
}

fn lower_path_arguments(
    cx: &dyn LowerCx,
    scope: ScopeId,
    arguments: &syn::PathArguments,
) -> Vec<Ty> {
    match arguments {
        syn::PathArguments::None => Vec::new(),
        syn::PathArguments::AngleBracketed(arguments) => {
            lower_generic_arguments(cx, scope, arguments)
        }
        syn::PathArguments::Parenthesized(arguments) => {
            let inputs = arguments
                .inputs
                .iter()
                .map(|input| lower_ty(cx, scope, &input.ty))
                .collect();
            vec![Ty::Fn(
                inputs,
                Box::new(lower_return_ty(cx, scope, &arguments.output)),
            )]
        }
    }
}

/// The type arguments of `::<A, B>`, lifetimes and constants left out.
pub(super) fn lower_generic_arguments(
    cx: &dyn LowerCx,
    scope: ScopeId,
    arguments: &syn::AngleBracketedGenericArguments,
) -> Vec<Ty> {
    arguments
        .args
        .iter()
        .filter_map(|argument| match argument {
            syn::GenericArgument::Type(ty) => Some(lower_ty(cx, scope, ty)),
            _ => None,
        })
        .collect()
}

/// A function's return type; `()` if none is written.
pub(super) fn lower_return_ty(cx: &dyn LowerCx, scope: ScopeId, output: &syn::ReturnType) -> Ty {
    match output {
        syn::ReturnType::Default => Ty::Tuple(Vec::new()),
        syn::ReturnType::Type(_, ty) => lower_ty(cx, scope, ty),
    }
}

pub(super) fn lower_ty(cx: &dyn LowerCx, scope: ScopeId, ty: &syn::Type) -> Ty {
    match ty {
        syn::Type::Array(ty) => Ty::Array(Box::new(lower_ty(cx, scope, &ty.elem))),
        syn::Type::Slice(ty) => Ty::Array(Box::new(lower_ty(cx, scope, &ty.elem))),
        syn::Type::FnPtr(ty) => Ty::Fn(
            ty.inputs
                .iter()
                .map(|input| lower_ty(cx, scope, &input.ty))
                .collect(),
            Box::new(lower_return_ty(cx, scope, &ty.output)),
        ),
        syn::Type::Group(ty) => lower_ty(cx, scope, &ty.elem),
        syn::Type::Paren(ty) => lower_ty(cx, scope, &ty.elem),
        syn::Type::ImplTrait(ty) => lower_bounds(cx, scope, &ty.bounds),
        syn::Type::TraitObject(ty) => lower_bounds(cx, scope, &ty.bounds),
        syn::Type::Macro(ty) => match cx.expand(scope, &ty.mac, Position::Type) {
            // A type that is a bare path may come back as an expression.
            Expanded::Expr(expr) => match *expr {
                syn::Expr::Path(path) if !path.path.segments.is_empty() => {
                    Ty::Path(lower_path(cx, scope, path.qself.as_ref(), &path.path))
                }
                _ => Ty::Infer,
            },
            _ => Ty::Infer,
        },
        syn::Type::Never(_) => Ty::Never,
        // `Expr::PLACEHOLDER` shows that syn can hold a path without segments.
        syn::Type::Path(ty) if ty.path.segments.is_empty() => Ty::Infer,
        syn::Type::Path(ty) => Ty::Path(lower_path(cx, scope, ty.qself.as_ref(), &ty.path)),
        syn::Type::Ptr(ty) => Ty::Ptr(
            matches!(ty.mutability, syn::PointerMutability::Mut(_)),
            Box::new(lower_ty(cx, scope, &ty.elem)),
        ),
        syn::Type::Reference(ty) => Ty::Ref(
            ty.mutability.is_some(),
            Box::new(lower_ty(cx, scope, &ty.elem)),
        ),
        syn::Type::Tuple(ty) => Ty::Tuple(
            ty.elems
                .iter()
                .map(|elem| lower_ty(cx, scope, elem))
                .collect(),
        ),
        // `Type` is non-exhaustive: `_`, verbatim tokens and whatever syn learns.
        _ => Ty::Infer,
    }
}

fn lower_bounds(
    cx: &dyn LowerCx,
    scope: ScopeId,
    bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>,
) -> Ty {
    Ty::Bounds(
        bounds
            .iter()
            .filter_map(|bound| match bound {
                syn::TypeParamBound::Trait(bound) if !bound.path.segments.is_empty() => {
                    Some(lower_path(cx, scope, None, &bound.path))
                }
                _ => None,
            })
            .collect(),
    )
}
