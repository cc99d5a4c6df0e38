//! Paths and types as written.

use super::LowerCx;
use crate::mir::{Name, PathRef, ScopeId, Segment, Ty};

/// A path.
pub fn lower_path(cx: &dyn LowerCx, scope: ScopeId, qself: Option<&syn::QSelf>, path: &syn::Path) -> PathRef {
    let segments: Vec<Segment> = path
        .segments
        .iter()
        .map(|segment| Segment { name: ident_name(&segment.ident), args: type_args(cx, scope, &segment.arguments) })
        .collect();
    let first = path.segments.first().map(|segment| cx.span(segment.ident.span()));
    let last = path.segments.last().map(|segment| cx.span(segment.ident.span()));
    let nowhere = crate::span::Span { file: crate::span::FileId(0), lo: 0, hi: 0 };
    let span = match (first, last) {
        (Some(first), Some(last)) => first.to(last),
        _ => nowhere,
    };
    PathRef {
        qself: qself.map(|qself| Box::new(lower_ty(cx, scope, &qself.ty))),
        qself_position: qself.map_or(0, |qself| qself.position),
        global: path.leading_colon.is_some(),
        segments: if segments.is_empty() {
            vec![Segment { name: "_".into(), args: Vec::new() }]
        } else {
            segments
        },
        scope,
        span,
    }
}

/// An identifier without `r#`.
pub(super) fn ident_name(ident: &syn::Ident) -> Name {
    let text = ident.to_string();
    match text.strip_prefix("r#") {
        Some(raw) => raw.into(),
        None => text.into(),
    }
}

fn type_args(cx: &dyn LowerCx, scope: ScopeId, arguments: &syn::PathArguments) -> Vec<Ty> {
    match arguments {
        syn::PathArguments::None => Vec::new(),
        syn::PathArguments::AngleBracketed(args) => generic_args(cx, scope, args),
        syn::PathArguments::Parenthesized(_) => Vec::new(),
    }
}

/// The type arguments among generic ones.
pub(super) fn generic_args(
    cx: &dyn LowerCx,
    scope: ScopeId,
    args: &syn::AngleBracketedGenericArguments,
) -> Vec<Ty> {
    args.args
        .iter()
        .filter_map(|arg| match arg {
            syn::GenericArgument::Type(ty) => Some(lower_ty(cx, scope, ty)),
            _ => None,
        })
        .collect()
}

/// A type.
pub fn lower_ty(cx: &dyn LowerCx, scope: ScopeId, ty: &syn::Type) -> Ty {
    match ty {
        syn::Type::Path(path) => Ty::Path(lower_path(cx, scope, path.qself.as_ref(), &path.path)),
        syn::Type::Reference(reference) => {
            Ty::Ref(reference.mutability.is_some(), Box::new(lower_ty(cx, scope, &reference.elem)))
        }
        syn::Type::Ptr(pointer) => {
            let mutable = matches!(pointer.mutability, syn::PointerMutability::Mut(_));
            Ty::Ptr(mutable, Box::new(lower_ty(cx, scope, &pointer.elem)))
        }
        syn::Type::Tuple(tuple) => Ty::Tuple(tuple.elems.iter().map(|ty| lower_ty(cx, scope, ty)).collect()),
        syn::Type::Array(array) => Ty::Array(Box::new(lower_ty(cx, scope, &array.elem))),
        syn::Type::Slice(slice) => Ty::Array(Box::new(lower_ty(cx, scope, &slice.elem))),
        syn::Type::Paren(paren) => lower_ty(cx, scope, &paren.elem),
        syn::Type::Group(group) => lower_ty(cx, scope, &group.elem),
        syn::Type::ImplTrait(bounds) => Ty::Bounds(trait_paths(cx, scope, &bounds.bounds)),
        syn::Type::TraitObject(bounds) => Ty::Bounds(trait_paths(cx, scope, &bounds.bounds)),
        syn::Type::FnPtr(pointer) => {
            let ret = match &pointer.output {
                syn::ReturnType::Default => Ty::Tuple(Vec::new()),
                syn::ReturnType::Type(_, ty) => lower_ty(cx, scope, ty),
            };
            let params = pointer.inputs.iter().map(|param| lower_ty(cx, scope, &param.ty)).collect();
            Ty::Fn(params, Box::new(ret))
        }
        syn::Type::Never(_) => Ty::Never,
        _ => Ty::Infer,
    }
}

fn trait_paths<'a>(
    cx: &dyn LowerCx,
    scope: ScopeId,
    bounds: impl IntoIterator<Item = &'a syn::TypeParamBound>,
) -> Vec<PathRef> {
    bounds
        .into_iter()
        .filter_map(|bound| match bound {
            syn::TypeParamBound::Trait(bound) => Some(lower_path(cx, scope, None, &bound.path)),
            _ => None,
        })
        .collect()
}
